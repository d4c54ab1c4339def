using System.Security.Cryptography;
using System.Text;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Execution;
using Actors.Grains.Runs.Services;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Runs;

/// <summary>The steps of one asynchronous firing: each is found again when the firing is started again.</summary>
internal sealed class RunContext(RunGrain run, Network network, Firing firing, CancellationTokenSource cancellation) : IExecutionContext
{
    /// <summary>A shorter delay is not journalled: after a crash it begins anew.</summary>
    private static readonly TimeSpan Journalled = TimeSpan.FromSeconds(2);

    private readonly ProcessPlan _process = network.Plan.Processes[firing.Process];
    private readonly long _number = firing.Number;
    private readonly long _began = run.Services.Time.GetTimestamp();
    private TimeSpan _waited;
    private int _step;

    public string RunId => run.RunId;

    public string ProjectId => run.Started.ProjectId;

    public string DesignId => run.Started.DesignId;

    public string NodeId => _process.NodeId;

    public int Attempt { get; } = firing.Attempt;

    public bool DryRun => false;

    /// <summary>Whether it waits for something that is no work.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Ticks (UTC) at which its wait is over by itself; null when only an answer ends it, or it does not wait.</summary>
    public long? WaitsUntil { get; private set; }

    /// <summary>Begins to count the time limits of the node.</summary>
    public void StartClock() => Rearm();

    public async ValueTask<Token> EffectAsync(
        string description,
        Func<EffectId, CancellationToken, ValueTask<Token>> perform,
        Func<EffectId, CancellationToken, ValueTask<Token?>>? verify = null)
    {
        var step = Next();
        var id = IdOf(step);
        var found = network.FindStep(firing, step);
        if (found is { Kind: StepKind.Done } done)
        {
            return done.Token;
        }

        if (found is null)
        {
            network.RecordStep(firing, step, new FiringStep(StepKind.Intended, Token.Of(Redact(description.Length > 256 ? description[..256] : description))));
            run.OwnIntents.Add((firing.Process, _number, step));
            await run.StoreAsync();
        }
        else if (_process.Component.Effects == EffectClass.Unsafe && !run.OwnIntents.Contains((firing.Process, _number, step)))
        {
            // The intent is from before a crash, so nobody here knows what became of it.
            if (await ResolveDoubtAsync(step, id, description, verify) is { } resolved)
            {
                network.RecordStep(firing, step, new FiringStep(StepKind.Done, resolved));
                return resolved;
            }

            run.OwnIntents.Add((firing.Process, _number, step));
        }

        cancellation.Token.ThrowIfCancellationRequested();
        var outcome = Redact(await perform(id, cancellation.Token));
        network.RecordStep(firing, step, new FiringStep(StepKind.Done, outcome));
        run.Flush();
        Rearm();
        return outcome;
    }

    public async ValueTask<Token> ChooseAsync(Func<CancellationToken, ValueTask<Token>> choose)
    {
        var step = Next();
        if (network.FindStep(firing, step) is { Kind: StepKind.Done } done)
        {
            return done.Token;
        }

        var chosen = Redact(await choose(cancellation.Token));
        network.RecordStep(firing, step, new FiringStep(StepKind.Done, chosen));
        run.Flush();
        Rearm();
        return chosen;
    }

    public async ValueTask DelayAsync(TimeSpan delay)
    {
        var step = Next();
        var found = network.FindStep(firing, step);
        if (found is { Kind: StepKind.Done or StepKind.TimedOut } || delay <= TimeSpan.Zero)
        {
            return;
        }

        var due = found?.Due ?? run.NowTicks + delay.Ticks;
        if (found is null && delay >= Journalled)
        {
            network.RecordStep(firing, step, new FiringStep(StepKind.Awaited, Token.Null, due));
            run.Flush();
        }

        await WaitUntilAsync(null, due);
        if (network.FindStep(firing, step) is not null)
        {
            network.RecordStep(firing, step, new FiringStep(StepKind.TimedOut, Token.Null));
        }
    }

    public async ValueTask<Token?> WaitAsync(OutsideQuestion question, Func<OutsideWait, CancellationToken, ValueTask>? open = null)
    {
        var step = Next();
        question = question with { Details = Redact(question.Details) };
        var found = network.FindStep(firing, step);
        switch (found?.Kind)
        {
            case StepKind.Done:
                return found.Value.Token;
            case StepKind.TimedOut:
                return null;
        }

        var due = found?.Due ?? (question.Timeout is { } timeout ? run.NowTicks + timeout.Ticks : 0);
        if (found is null)
        {
            var asked = Token.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("kind", question.Kind);
                writer.WritePropertyName("details");
                writer.WriteRawValue(question.Details.Utf8.Span, skipInputValidation: true);
                writer.WriteEndObject();
            });
            network.RecordStep(firing, step, new FiringStep(StepKind.Awaited, asked, due));
        }

        if (RunApprovals.IsForPeople(question.Kind))
        {
            open ??= (wait, _) => run.Services.Approvals.AskAsync(this, wait);
        }

        var id = RunWaits.IdOf(firing.Process, _number, step);
        if (open is not null)
        {
            await run.StoreAsync();
            await open(new OutsideWait(id, RunId, NodeId, question), cancellation.Token);
        }

        await WaitUntilAsync(run.AnswerOf(id), due == 0 ? null : due);
        if (network.FindStep(firing, step) is { Kind: StepKind.Done } answered)
        {
            return answered.Token;
        }

        network.RecordStep(firing, step, new FiringStep(StepKind.TimedOut, Token.Null));
        return null;
    }

    public void Heartbeat(double? progress = null, string? message = null)
    {
        Rearm();
        if (message is not null)
        {
            firing.Published.Add(RunEvents.Line(NodeId, "info", Redact(message)));
        }
    }

    public T Service<T>()
        where T : class => run.ServiceOf<T>(this);

    /// <summary>What is journalled or shown holds no value of a secret that was opened for a run of the project.</summary>
    public string Redact(string text) => run.Services.Redactor.Redact(ProjectId, text);

    /// <inheritdoc cref="Redact(string)"/>
    public Token Redact(Token token) => run.Services.Redactor.Redact(ProjectId, token);

    private async Task WaitUntilAsync(Task? answer, long? due)
    {
        var from = run.Services.Time.GetTimestamp();
        IsWaiting = true;
        WaitsUntil = due;
        cancellation.CancelAfter(Timeout.InfiniteTimeSpan);
        run.WaitingChanged();
        try
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation.Token, run.Life);
            var delay = due is { } at
                ? run.DelayAsync(TimeSpan.FromTicks(Math.Max(0, at - run.NowTicks)), over.Token)
                : Task.Delay(Timeout.InfiniteTimeSpan, run.Services.Time, over.Token);
            var first = answer is null ? delay : await Task.WhenAny(answer, delay);
            await first;
            await over.CancelAsync();
        }
        finally
        {
            IsWaiting = false;
            WaitsUntil = null;
            _waited += run.Services.Time.GetElapsedTime(from);
            Rearm();
            run.WaitingChanged();
        }
    }

    private async ValueTask<Token?> ResolveDoubtAsync(
        int step, EffectId id, string description, Func<EffectId, CancellationToken, ValueTask<Token?>>? verify)
    {
        var policy = _process.Execution.InDoubt;
        if (policy == InDoubt.Retry)
        {
            return null;
        }

        if (policy == InDoubt.Verify && verify is not null)
        {
            return await verify(id, cancellation.Token);
        }

        if (policy == InDoubt.Fail)
        {
            throw new ComponentException(ErrorCodes.EffectInDoubt, $"Nobody knows whether this happened before the server stopped: {description}", retryable: false);
        }

        // A step of its own, far behind those of the firing, so that their numbers stay as they are.
        var saved = _step;
        _step = 1_000_000 + step;
        var answer = await WaitAsync(new OutsideQuestion(RunApprovals.InDoubt, Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("question", $"Did this happen before the server stopped? {description}");
            writer.WriteString("effect", id.Value);
            writer.WriteEndObject();
        })));
        _step = saved;
        return answer?.Json is { ValueKind: System.Text.Json.JsonValueKind.Object } json
            && json.TryGetProperty("happened", out var happened) && happened.ValueKind == System.Text.Json.JsonValueKind.True
            ? json.TryGetProperty("outcome", out var outcome) ? Token.Of(outcome) : Token.Null
            : null;
    }

    private int Next() => ++_step;

    private EffectId IdOf(int step)
    {
        var name = $"{RunId}\n{NodeId}\n{_number}\n{step}";
        return new EffectId(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));
    }

    /// <summary>The nearer of the attempt's limit, less what it waited, and the limit of silence.</summary>
    private void Rearm()
    {
        if (IsWaiting || cancellation.IsCancellationRequested)
        {
            return;
        }

        TimeSpan? left = _process.Execution.Timeout is { } timeout ? timeout - (run.Services.Time.GetElapsedTime(_began) - _waited) : null;
        if (_process.Execution.IdleTimeout is { } idle && (left is null || idle < left))
        {
            left = idle;
        }

        if (left is { } span)
        {
            cancellation.CancelAfter(span > TimeSpan.Zero ? span : TimeSpan.Zero);
        }
    }
}
