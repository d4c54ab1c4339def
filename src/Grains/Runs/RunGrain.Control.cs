using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Runs;
using Orleans;

namespace Actors.Grains.Runs;

/// <summary>What people and others tell a run that is on its way.</summary>
internal sealed partial class RunGrain
{
    public Task<Refusal?> Cancel() => ControlAsync(nameof(Cancel), network => network.Cancel(), "The run has ended.");

    public Task<Refusal?> Pause() => ControlAsync(nameof(Pause), network => network.Pause(), "The run is not running.");

    public Task<Refusal?> Resume() => ControlAsync(nameof(Resume), network => network.Resume(), "The run is not paused.");

    public Task<Refusal?> Retry() => _start?.Durability == RunDurability.None
        ? Task.FromResult<Refusal?>(new Refusal(ErrorCodes.RunState, "The run keeps no firings that it could go on from."))
        : ControlAsync(nameof(Retry), network => network.Retry(), "The run has not failed.");

    public async Task<Refusal?> Answer(string waitId, Token answer) =>
        _header is null ? NotFound
        : FindWait(waitId) is { } wait ? await AnswerAsync(wait, waitId, RunBlobs.Received(answer), null)
        : NotAwaited(waitId);

    public async Task<Refusal?> AnswerAs(PersonAnswer answer)
    {
        if (_header is null)
        {
            return NotFound;
        }

        var request = await FindRequestAsync(nameof(Answer));
        if (request.Answered is { } answered)
        {
            return answered.Refusal;
        }

        if (FindWait(answer.WaitId) is not { } wait)
        {
            return NotAwaited(answer.WaitId);
        }

        var asked = wait.Record.Token.Json;
        var (given, refusal) = RunAnswers.Read(asked.GetProperty("kind").GetString()!, Token.Of(asked.GetProperty("details")), answer, services.Time.GetUtcNow());
        if (given is null)
        {
            return refusal;
        }

        _network.Published.Add(RunEvents.Answer(_network.Plan.Processes[wait.Process].NodeId, answer.WaitId, given));
        return await AnswerAsync(wait, answer.WaitId, given, request.BatchId);
    }

    public async Task Forget()
    {
        if (await services.Journal.GetHeadAsync(Stream, CancellationToken.None) > 0)
        {
            return;
        }

        if (await this.GetReminder(Reminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        _header = null;
        await _life.CancelAsync();
        Changed();
        DeactivateOnIdle();
    }

    private async Task<Refusal?> ControlAsync(string command, Func<Network, bool> control, string otherwise)
    {
        if (_header is null)
        {
            return NotFound;
        }

        var request = await FindRequestAsync(command);
        if (request.Answered is { } answered)
        {
            return answered.Refusal;
        }

        // What the run goes on with from here is its own work.
        RequestBatch.Leave();
        _journal.RequestedBatch = request.BatchId;
        if (!control(_network))
        {
            _journal.RequestedBatch = null;
            return new Refusal(ErrorCodes.RunState, otherwise);
        }

        CancelAbandoned();
        Pump();
        Flush();
        _journal.RequestedBatch = null;
        return await IsStoredAsync() ? null : Unavailable;
    }

    /// <summary>The step that asks somebody; null when none of that name does, or no more.</summary>
    private (int Process, long Firing, int Step, FiringStep Record)? FindWait(string waitId)
    {
        if (IsOver || !RunWaits.TryParse(waitId, out var process, out var firing, out var step))
        {
            return null;
        }

        foreach (var awaited in _network.Awaited())
        {
            if ((awaited.Process, awaited.Firing, awaited.Step) == (process, firing, step) && awaited.Record.Token.Json.ValueKind == JsonValueKind.Object)
            {
                return awaited;
            }
        }

        return null;
    }

    /// <param name="requestedBatch">What the entry bears when somebody may ask for it again.</param>
    private async Task<Refusal?> AnswerAsync((int Process, long Firing, int Step, FiringStep Record) wait, string waitId, Token answer, Guid? requestedBatch)
    {
        if (!_network.Answer(wait.Process, wait.Firing, wait.Step, answer))
        {
            return NotAwaited(waitId);
        }

        // What the run goes on with from here is its own work.
        RequestBatch.Leave();
        _journal.RequestedBatch = requestedBatch;
        Flush();
        _journal.RequestedBatch = null;
        if (!await IsStoredAsync())
        {
            return Unavailable;
        }

        if (_answers.Remove(waitId, out var waiting))
        {
            waiting.SetResult();
        }

        Pump();
        return null;
    }

    private static Refusal NotAwaited(string waitId) => new(ErrorCodes.RunWaitUnknown, $"The run does not wait for '{waitId}', or no more.");

    /// <summary>What a request that may be a repeat is answered at once, or the id that its entry is to bear; neither when nobody can repeat it.</summary>
    private async Task<(Answered? Answered, Guid? BatchId)> FindRequestAsync(string command)
    {
        if (!RequestBatch.MayRepeat)
        {
            return (null, null);
        }

        // An entry that is on its way would not be found yet, and its id must not be given twice.
        var batchId = RequestBatch.Id(Stream, command, services.Identifiers);
        if (!await IsStoredAsync())
        {
            return (new Answered(Unavailable), null);
        }

        return await services.Journal.FindBatchAsync(Stream, batchId, Life) is null ? (null, batchId) : (new Answered(null), null);
    }

    private sealed record Answered(Refusal? Refusal);
}
