namespace Actors.Domain.Execution;

/// <summary>What firings in flight have done so far: kept until the firing is committed, and found again when it is started again.</summary>
public sealed partial class Network
{
    /// <summary>What the step recorded; null when the firing never got there.</summary>
    public FiringStep? FindStep(Firing firing, int step) =>
        _cells[firing.Process].Steps.TryGetValue((firing.Number, step), out var record) ? record : null;

    /// <summary>Records a step. Nothing that depends on it may leave the process before the record is stored.</summary>
    public void RecordStep(Firing firing, int step, FiringStep record)
    {
        if (!firing.IsAbandoned)
        {
            Record(_cells[firing.Process], firing.Number, step, record);
        }
    }

    /// <summary>Answers an awaited step from outside; false when it is not awaited (any more).</summary>
    public bool Answer(int process, long firing, int step, Token answer)
    {
        var cell = _cells[process];
        if (!cell.Steps.TryGetValue((firing, step), out var awaited) || awaited.Kind != StepKind.Awaited)
        {
            return false;
        }

        Record(cell, firing, step, new FiringStep(StepKind.Done, answer));
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

    private void Record(ProcessCell cell, long firing, int step, FiringStep record)
    {
        cell.Steps[(firing, step)] = record;
        Log.Step(cell.Plan.Index, firing, step, record);
    }
}
