using System.Text.Json;

namespace Actors.Domain.Execution;

/// <summary>What firings in flight have done so far: kept until the firing is committed, and found again when it is started again.</summary>
public sealed partial class Network
{
    /// <summary>Steps from this number on stand beside a firing's own sequence: what is asked about one of its steps.</summary>
    public const int FirstAside = 1_000_000;

    /// <summary>How often the run was retried after it had failed.</summary>
    public int Retries { get; private set; }

    /// <summary>What the step recorded; null when the firing never got there.</summary>
    public FiringStep? FindStep(Firing firing, int step) => FindStep(firing.Process, firing.Number, step);

    /// <inheritdoc cref="FindStep(Firing, int)"/>
    public FiringStep? FindStep(int process, long firing, int step) =>
        _cells[process].Steps.TryGetValue((firing, step), out var record) ? record : null;

    /// <summary>Records a step. Nothing that depends on it may leave the process before the record is stored.</summary>
    public void RecordStep(Firing firing, int step, FiringStep record)
    {
        var cell = _cells[firing.Process];
        if (!firing.IsAbandoned)
        {
            Pin(cell, firing);
            Record(cell, firing.Number, step, record);
        }
        else if (record.Kind == StepKind.Done && IsLate(cell, firing, step))
        {
            Record(cell, firing.Number, step, record);
        }
    }

    /// <summary>The step came to nothing: a firing that gets there again begins it anew.</summary>
    public void ForgetStep(Firing firing, int step)
    {
        var cell = _cells[firing.Process];
        if (!firing.IsAbandoned || IsLate(cell, firing, step))
        {
            Forget(cell, firing.Number, step);
        }
    }

    /// <summary>
    /// Answers an awaited step from outside; false when it is not awaited (any more). A run that has failed keeps the result of
    /// work that was completed, and nothing else: that it stopped what it waited for is no answer.
    /// </summary>
    public bool Answer(int process, long firing, int step, Token answer)
    {
        var status = answer.Json is { ValueKind: JsonValueKind.Object } json
            && json.TryGetProperty("status", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var counts = Status is NetworkStatus.Running or NetworkStatus.Paused || (Status == NetworkStatus.Failed && status == "completed");
        if (!counts || FindStep(process, firing, step) is not { Kind: StepKind.Awaited })
        {
            return false;
        }

        Record(_cells[process], firing, step, new FiringStep(status is null or "completed" ? StepKind.Answered : StepKind.Unfinished, answer));
        return true;
    }

    /// <summary>Every step that awaits an answer from outside or a time.</summary>
    public IEnumerable<(int Process, long Firing, int Step, FiringStep Record)> Awaited()
    {
        foreach (var cell in _cells)
        {
            foreach (var ((firing, step), record) in cell.Steps)
            {
                if (record.Kind == StepKind.Awaited)
                {
                    yield return (cell.Plan.Index, firing, step, record);
                }
            }
        }
    }

    /// <summary>
    /// Whether a firing that was given up because the run failed tells what became of an effect: as long as nobody has begun
    /// the firing again, that is the truth and spares a doubt.
    /// </summary>
    private bool IsLate(ProcessCell cell, Firing firing, int step) =>
        Status == NetworkStatus.Failed && firing.GivenUpIn == Retries && FindStep(cell.Plan.Index, firing.Number, step) is { Kind: StepKind.Intended };

    /// <summary>
    /// The firing failed for good. What it was told and failed upon is not told again when the run is retried: of its last
    /// steps, the answer, choices, and what did not complete. What happened outside stays. An effect in doubt that was
    /// reported as that is begun anew: who retries has been told.
    /// </summary>
    private void ForgetCause(ProcessCell cell, Firing firing, string code)
    {
        var steps = cell.Steps.Where(step => step.Key.Firing == firing.Number && step.Key.Step < FirstAside).Reverse().ToArray();
        var last = true;
        foreach (var ((number, step), record) in steps)
        {
            var goes = record.Kind is StepKind.Chosen or StepKind.Unfinished or StepKind.TimedOut
                || (last && record.Kind == StepKind.Answered) || (last && record.Kind == StepKind.Intended && code == ErrorCodes.EffectInDoubt);
            if (!goes)
            {
                break;
            }

            Forget(cell, number, step);
            last = false;
        }
    }

    /// <summary>A run that is retried asks anew for what did not complete in time for the firings that were given up.</summary>
    private void ForgetUnfinished()
    {
        foreach (var cell in _cells)
        {
            foreach (var steps in cell.Steps.Where(step => step.Key.Step < FirstAside).GroupBy(step => step.Key.Firing).ToArray())
            {
                foreach (var (key, record) in steps.Reverse())
                {
                    if (record.Kind is not (StepKind.Unfinished or StepKind.TimedOut))
                    {
                        break;
                    }

                    cell.Steps.Remove(key);
                }
            }
        }
    }

    private void Record(ProcessCell cell, long firing, int step, FiringStep record)
    {
        cell.Steps[(firing, step)] = record;
        Log.Step(cell.Plan.Index, firing, step, record);
    }

    private void Forget(ProcessCell cell, long firing, int step)
    {
        cell.Steps.Remove((firing, step));
        Log.StepForgotten(cell.Plan.Index, firing, step);
    }
}
