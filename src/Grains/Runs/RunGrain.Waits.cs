using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Idempotency;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Runs.Services;

namespace Actors.Grains.Runs;

/// <summary>What firings wait for from outside, and how it reaches them.</summary>
internal sealed partial class RunGrain
{
    private readonly Dictionary<(int Process, long Firing, int Step), TaskCompletionSource> _answers = [];

    public Task<Refusal?> Answer(string waitId, Token answer) =>
        _header is null ? Task.FromResult<Refusal?>(NotFound)
        : FindWait(waitId) is { } wait ? AnswerAsync(wait.Id, RunBlobs.Received(answer), requestedBatch: null)
        : Task.FromResult<Refusal?>(NotAwaited(waitId));

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

        if (IsOver || FindWait(answer.WaitId) is not { } wait)
        {
            return NotAwaited(answer.WaitId);
        }

        var (given, refusal) = RunAnswers.Read(wait.Kind, Token.Of(wait.Asked.GetProperty("details")), answer, services.Time.GetUtcNow());
        if (given is null)
        {
            return refusal;
        }

        _network.Published.Add(RunEvents.Answer(_network.Plan.Processes[wait.Id.Process].NodeId, answer.WaitId, given));
        return await AnswerAsync(wait.Id, given, request.BatchId);
    }

    /// <summary>Completes with the answer to a wait.</summary>
    public Task AnswerOf(RunWaitId wait)
    {
        if (!_answers.TryGetValue(wait.Key, out var source))
        {
            _answers[wait.Key] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return source.Task;
    }

    /// <summary>How a wait is named to whoever will answer it.</summary>
    public RunWaitId WaitIdOf(int process, long firing, int step, string kind) =>
        new(process, firing, step, RunApprovals.IsForPeople(kind) ? 0 : _network.Retries);

    private static Refusal NotAwaited(string waitId) => new(ErrorCodes.RunWaitUnknown, $"The run does not wait for '{waitId}', or no more.");

    /// <summary>The wait of that name, who is asked and what; null when there is none, or no more.</summary>
    private (RunWaitId Id, string Kind, JsonElement Asked)? FindWait(string waitId)
    {
        if (!RunWaitId.TryParse(waitId, out var id) || id.Process >= _network.Plan.Processes.Length
            || _network.FindStep(id.Process, id.Firing, id.Step) is not { Kind: StepKind.Awaited } awaited
            || awaited.Token.Json is not { ValueKind: JsonValueKind.Object } asked)
        {
            return null;
        }

        var kind = asked.GetProperty("kind").GetString()!;
        return WaitIdOf(id.Process, id.Firing, id.Step, kind) == id ? (id, kind, asked) : null;
    }

    /// <param name="requestedBatch">What the entry bears when somebody may ask for it again.</param>
    private async Task<Refusal?> AnswerAsync(RunWaitId wait, Token answer, Guid? requestedBatch)
    {
        if (!_network.Answer(wait.Process, wait.Firing, wait.Step, answer))
        {
            return NotAwaited(wait.ToString());
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

        if (_answers.Remove(wait.Key, out var waiting))
        {
            waiting.SetResult();
        }

        Pump();
        return null;
    }

    private ImmutableArray<RunWait> WaitsNow() => IsOver ? [] :
    [
        .. _network.Awaited().Where(wait => wait.Record.Token.Json.ValueKind == JsonValueKind.Object).Take(1_000).Select(wait =>
        {
            var json = wait.Record.Token.Json;
            var kind = json.GetProperty("kind").GetString()!;
            return new RunWait(
                WaitIdOf(wait.Process, wait.Firing, wait.Step, kind).ToString(),
                _network.Plan.Processes[wait.Process].NodeId,
                kind,
                Token.Of(json.GetProperty("details")),
                wait.Record.Due == 0 ? null : new DateTimeOffset(wait.Record.Due, TimeSpan.Zero));
        }),
    ];
}
