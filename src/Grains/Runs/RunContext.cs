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
internal sealed class RunContext(RunGrain run, Network network, Firing firing, EffectClass effects, CancellationTokenSource cancellation) : IExecutionContext
{
    /// <summary>A shorter delay is not journalled: after a crash it begins anew.</summary>
    private static readonly TimeSpan Journalled = TimeSpan.FromSeconds(2);

    private readonly ProcessPlan _process = network.Plan.Processes[firing.Process];
    private readonly long _number = firing.Number;

    /// <summary>Kept, because an attempt that does not end when it is cancelled outlives its source.</summary>
    private readonly CancellationToken _cancelled = cancellation.Token;
    private readonly long _began = run.Services.Time.GetTimestamp();
    private readonly RecordedSteps _recorded = new(run, network.Plan.Processes[firing.Process], firing);
    private TimeSpan _waited;
    private int _step;

    public string RunId => run.RunId;

    public string ProjectId => run.Started.ProjectId;

    public string DesignId => run.Started.DesignId;

    public string NodeId => _process.NodeId;

    public int Attempt { get; } = firing.Attempt;

    public bool DryRun => run.Started.DryRun;

    /// <summary>Whether it waits for something that is no work.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Ticks (UTC) at which its wait is over by itself; null when only an answer ends it, or it does not wait.</summary>
    public long? WaitsUntil { get; private set; }

    /// <summary>Begins to count the time limits of the node.</summary>
    public void StartClock() => Rearm();

    public async ValueTask<Token> EffectAsync(
        string description,
        Func<EffectId, CancellationToken, ValueTask<Token>> perform,
        Func<EffectId, CancellationToken, ValueTask<Token?>>? verify = null,
        Token? stub = null)
    {
        var step = Next();
        var id = IdOf(step);
        var found = network.FindStep(firing, step);
        if (found is { Kind: StepKind.Done } done)
        {
            return done.Token;
        }

        if (found is null && Substitute(step, description, DryRun ? stub ?? StubOf(description) : null) is { } substitute)
        {
            return substitute.Token;
        }

        if (found is null)
        {
            network.RecordStep(firing, step, new FiringStep(StepKind.Intended, Token.Of(Redact(description.Length > 256 ? description[..256] : description))));
        }
        else if (effects == EffectClass.Unsafe && await ResolveDoubtAsync(step, id, description, verify) is { } resolved)
        {
            network.RecordStep(firing, step, new FiringStep(StepKind.Done, resolved));
            run.Flush();
            return resolved;
        }

        await run.StoreAsync();
        if (_cancelled.IsCancellationRequested)
        {
            if (found is null)
            {
                // It was not begun, so there is nothing to doubt.
                network.ForgetStep(firing, step);
                run.Flush();
            }

            throw new OperationCanceledException(_cancelled);
        }

        return await PerformAsync(step, id, perform);
    }

    private async ValueTask<Token> PerformAsync(int step, EffectId id, Func<EffectId, CancellationToken, ValueTask<Token>> perform)
    {
        Token outcome;
        try
        {
            outcome = Redact(await perform(id, _cancelled));
        }
        catch (ComponentException exception) when (effects == EffectClass.Unsafe && !exception.OutcomeUnknown)
        {
            // The component says that it did not happen; after anything else nobody knows.
            network.ForgetStep(firing, step);
            run.Flush();
            throw;
        }

        network.RecordStep(firing, step, new FiringStep(StepKind.Done, outcome));
        run.Flush();
        Rearm();
        return outcome;
    }

    public async ValueTask<Token> ChooseAsync(Func<CancellationToken, ValueTask<Token>> choose, Token? stub = null)
    {
        var step = Next();
        if (network.FindStep(firing, step) is { Kind: StepKind.Chosen or StepKind.Done } known)
        {
            return known.Token;
        }

        var isRead = DryRun && stub is null;
        if (!isRead && Substitute(step, "an answer from outside", stub) is { } substitute)
        {
            return substitute.Token;
        }

        var chosen = Redact(await choose(_cancelled));
        network.RecordStep(firing, step, new FiringStep(StepKind.Chosen, chosen));
        run.Flush();
        Rearm();
        return chosen;
    }

    public async ValueTask DelayAsync(TimeSpan delay)
    {
        var step = Next();
        var found = network.FindStep(firing, step);
        if (found is { Kind: StepKind.Done or StepKind.TimedOut } || delay <= TimeSpan.Zero || _recorded.SkipsDelays)
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
            network.RecordStep(firing, step, new FiringStep(StepKind.Done, Token.Null));
        }
    }

    public async ValueTask<Token?> WaitAsync(OutsideQuestion question, Func<OutsideWait, CancellationToken, ValueTask>? open = null, Token? stub = null)
    {
        var step = Next();
        question = question with { Details = Redact(question.Details) };
        var found = network.FindStep(firing, step);
        switch (found?.Kind)
        {
            case StepKind.Answered or StepKind.Unfinished or StepKind.Done:
                return found.Value.Token;
            case StepKind.TimedOut:
                return null;
        }

        if (found is null && SubstituteWait(step, question, stub) is { } substitute)
        {
            return substitute.Kind == StepKind.TimedOut ? null : substitute.Token;
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

        var id = run.WaitIdOf(firing.Process, _number, step, question.Kind);
        if (open is not null)
        {
            await run.StoreAsync();
            await open(new OutsideWait(id.ToString(), RunId, NodeId, question), _cancelled);
        }

        if (AnswerTo(step) is { } early)
        {
            return early;
        }

        await WaitUntilAsync(run.AnswerOf(id), due == 0 ? null : due);
        if (AnswerTo(step) is { } answer)
        {
            return answer;
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

    /// <summary>The firing has asked a model.</summary>
    public void Spend(ModelSpending spending) => network.Spend(firing, spending);

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
            using var over = CancellationTokenSource.CreateLinkedTokenSource(_cancelled, run.Life);
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
            return await verify(id, _cancelled);
        }

        if (policy == InDoubt.Fail)
        {
            throw new ComponentException(ErrorCodes.EffectInDoubt, $"Nobody knows whether this happened: {description}", retryable: false);
        }

        // Asked beside the firing's own steps, so that their numbers stay as they are; anew for each doubt.
        var saved = _step;
        var aside = Network.FirstAside + step;
        while (network.FindStep(firing, aside) is { Kind: StepKind.Done })
        {
            aside += Network.FirstAside;
        }

        _step = aside - 1;
        var answer = await WaitAsync(new OutsideQuestion(RunApprovals.InDoubt, Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("question", $"Did this happen? {description}");
            writer.WriteString("effect", id.Value);
            writer.WriteEndObject();
        })));
        _step = saved;
        network.RecordStep(firing, aside, new FiringStep(StepKind.Done, Token.Null));
        return answer?.Json is { ValueKind: System.Text.Json.JsonValueKind.Object } json
            && json.TryGetProperty("happened", out var happened) && happened.ValueKind == System.Text.Json.JsonValueKind.True
            ? json.TryGetProperty("outcome", out var outcome) ? Token.Of(outcome) : Token.Null
            : null;
    }

    /// <summary>Answers a step as it was recorded, or with a stub, and records that: this run then has it of its own. Null when it is to be done.</summary>
    private FiringStep? Substitute(int step, string what, Token? stub)
    {
        var answer = _recorded.Answer(step, what, stub is null ? null : new FiringStep(StepKind.Done, stub));
        return Record(step, answer);
    }

    /// <summary>A dry run waits for no people and no jobs; another run is a dry one too, and waited for.</summary>
    private FiringStep? SubstituteWait(int step, OutsideQuestion question, Token? stub)
    {
        if (DryRun && question.Kind == "run")
        {
            return null;
        }

        return Record(step, _recorded.Answer(step, $"a wait for {question.Kind}", stub is null ? new FiringStep(StepKind.TimedOut, Token.Null) : new FiringStep(StepKind.Done, stub)));
    }

    private FiringStep? Record(int step, FiringStep? answer)
    {
        if (answer is { } known)
        {
            network.RecordStep(firing, step, known);
            Rearm();
        }

        return answer;
    }

    private static Token StubOf(string description) => Token.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("dryRun", true);
        writer.WriteString("effect", description);
        writer.WriteEndObject();
    });

    /// <summary>The answer to a wait, when it has come.</summary>
    private Token? AnswerTo(int step) =>
        network.FindStep(firing, step) is { Kind: StepKind.Answered or StepKind.Unfinished } answered ? answered.Token : null;

    /// <summary>The number of the next step; an attempt that was cancelled takes none.</summary>
    private int Next()
    {
        _cancelled.ThrowIfCancellationRequested();
        return ++_step;
    }

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
