using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Runs.Services;

namespace Actors.Grains.Runs;

/// <summary>What firings wait for from outside, and how it reaches them.</summary>
internal sealed partial class RunGrain
{
    private readonly Dictionary<(int Process, long Firing, int Step), TaskCompletionSource> _answers = [];

    public Task<ImmutableArray<RunWait>> GetWaits() => Task.FromResult(_header is null ? [] : WaitsNow());

    public async Task<Refusal?> Answer(string waitId, Token answer)
    {
        if (_header is null)
        {
            return NotFound;
        }

        if (!RunWaitId.TryParse(waitId, out var wait) || KindOf(wait) is not { } kind || WaitIdOf(wait.Process, wait.Firing, wait.Step, kind) != wait)
        {
            return Unknown(waitId);
        }

        if (kind == RunApprovals.InDoubt && (answer.Json.ValueKind != JsonValueKind.Object
            || !answer.Json.TryGetProperty("happened", out var happened) || happened.ValueKind is not (JsonValueKind.True or JsonValueKind.False)))
        {
            return Refusal.Field("happened", "must be true or false", ErrorCodes.ValidationFailed);
        }

        if (!_network.Answer(wait.Process, wait.Firing, wait.Step, answer))
        {
            return Unknown(waitId);
        }

        Flush();
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

    private static Refusal Unknown(string waitId) => new(ErrorCodes.RunWaitUnknown, $"The run does not wait for '{waitId}', or no more.");

    /// <summary>Who answers the step; null when it does not wait for an answer.</summary>
    private string? KindOf(RunWaitId wait) =>
        wait.Process < _network.Plan.Processes.Length
        && _network.FindStep(wait.Process, wait.Firing, wait.Step) is { Kind: StepKind.Awaited } awaited
        && awaited.Token.Json is { ValueKind: JsonValueKind.Object } asked
            ? asked.GetProperty("kind").GetString()
            : null;

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
