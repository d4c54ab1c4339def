using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Runs;

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

    public async Task<Refusal?> Answer(string waitId, Token answer)
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

        // What the run goes on with from here is its own work.
        RequestBatch.Leave();
        _journal.RequestedBatch = request.BatchId;
        if (!RunWaits.TryParse(waitId, out var process, out var firing, out var step)
            || process >= _network.Plan.Processes.Length || !_network.Answer(process, firing, step, answer))
        {
            _journal.RequestedBatch = null;
            return new Refusal(ErrorCodes.RunWaitUnknown, $"The run does not wait for '{waitId}', or no more.");
        }

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
