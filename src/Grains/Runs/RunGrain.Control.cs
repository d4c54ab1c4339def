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

    public async Task<Refusal?> Retry()
    {
        if (_start?.Durability == RunDurability.None)
        {
            return new Refusal(ErrorCodes.RunState, "The run keeps no firings that it could go on from.");
        }

        if (_start is not null && (_gone ?? RunPlans.FindChanged(_network.Plan, _start)) is { } changed)
        {
            return new Refusal(changed.Code, changed.Detail);
        }

        // What the run had started is being cancelled; that must not reach what it starts from now on.
        await _ending;
        return await ControlAsync(nameof(Retry), network => network.Retry(), "The run has not failed.");
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

        CancelGivenUp();
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
