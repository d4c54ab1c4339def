using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Runs;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Actors.Grains.Runs;

/// <inheritdoc cref="IRunGrain"/>
/// <remarks>
/// The grain owns a network and executes its firings in its turns. The network is ahead of the journal: what it does next
/// may rest on what is not stored yet, because the journal keeps the order. What leaves the grain never is: outputs,
/// events and status are shown, and effects performed, only when what they rest on is stored.
/// </remarks>
[Reentrant]
[SuppressMessage("Reliability", "CA1001", Justification = "What is left of a firing may still ask for the token after the activation's end.")]
internal sealed partial class RunGrain(RunServices services) : Grain, IRunGrain, IRemindable
{
    public const string StreamKind = "run";
    public const string CatalogKind = "run";
    public const string DesignLink = "run";

    /// <summary>From a run to those that it started and waits for.</summary>
    public const string ChildLink = "run.child";

    private const string Reminder = "wake";

    private readonly CancellationTokenSource _life = new();
    private RunStart? _start;
    private Network _network = null!;
    private IProcess[] _processes = [];
    private RunJournal _journal = null!;
    private readonly RunOutputs _outputs = new();

    /// <summary>As stored: what everybody is shown.</summary>
    private RunHeader? _header;

    private bool _starting;

    public RunServices Services => services;

    public RunStart Started => _start!;

    public string RunId => this.GetPrimaryKeyString();

    public CancellationToken Life => _life.Token;

    public long NowTicks => services.Time.GetUtcNow().UtcTicks;

    /// <summary>Effects whose intent this activation recorded: it knows what became of them.</summary>
    public HashSet<(int Process, long Firing, int Step)> OwnIntents { get; } = [];

    private string Stream => $"{StreamKind}/{RunId}";

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journal = new RunJournal(RunId, Stream, services, OnStored, OnReachable, OnFenced, Life);
        await foreach (var entry in services.Journal.ReadAsync(Stream, 0, 1, cancellationToken))
        {
            _start = JsonSerializer.Deserialize(entry.Payload.Span, RunStartJsonContext.Default.RunStart);
            _journal.Head = _journal.Stored = 1;
        }

        if (_start is not null)
        {
            await RecoverAsync(cancellationToken);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _life.CancelAsync();
        Changed();
    }

    public async Task<RunReply> Start(NewRun run)
    {
        if (_header is not null && IsOver && run.AnswerTo is not null)
        {
            // The one that waits asks again: after a crash it may have missed the answer.
            await AnswerOtherAsync();
        }

        if (_header is not null || _starting || _start is not null)
        {
            return new RunReply(
                _header,
                _header is not null ? null : _starting ? new Refusal(ErrorCodes.RunState, "The run is being started.", Retryable: true) : Unavailable);
        }

        _starting = true;
        try
        {
            var (design, refusal) = await services.Plans.PrepareAsync(GrainFactory, run.DesignId, run.Revision);
            if (design is null)
            {
                return new RunReply(null, refusal);
            }

            if (RunPlans.FindDisabled(design.Plan, await GrainFactory.GetGrain<IProjectGrain>(design.Document.ProjectId).GetDisabledComponents()) is { } disabled)
            {
                return new RunReply(null, disabled);
            }

            var inputs = RunInputs.Feed(design.Plan, run.Inputs, run.Trigger)
                .ToImmutableDictionary(input => input.Key, input => input.Value.Select(RunBlobs.Received).ToImmutableArray(), StringComparer.Ordinal);
            var start = new RunStart(
                RunId, design.Document.ProjectId, design.Document.Id, design.Document.Name, design.BlobId, design.Document.Revision, run.Durability,
                run.AccountId, services.Time.GetUtcNow(), BitConverter.ToUInt64(services.Identifiers.NewBatchId().ToByteArray(), 8), inputs, run.AnswerTo, run.Depth, RunPlans.VersionsOf(design.Plan));
            if ((RunInputs.Check(design.Plan, inputs) ?? Prepare(design.Plan, start)) is { } refused)
            {
                return new RunReply(null, refused);
            }

            _start = start;
            var header = HeaderNow("running");
            _journal.Append(
                JsonSerializer.SerializeToUtf8Bytes(start, RunStartJsonContext.Default.RunStart),
                [],
                [],
                [
                    new CatalogWrite.PutEntry(RunHeaders.ToEntry(header)),
                    new CatalogWrite.PutLink(new CatalogLink(DesignLink, start.DesignId, RunId, "{}"u8.ToArray())),
                    new CatalogWrite.PutLink(new CatalogLink(RunBlobs.DesignLink, start.DesignBlob, RunId, "{}"u8.ToArray())),
                    .. start.AnswerTo is { } parent ? [new CatalogWrite.PutLink(new CatalogLink(ChildLink, parent.RunId, RunId, "{}"u8.ToArray()))] : Array.Empty<CatalogWrite>(),
                ],
                start.StartedBy);
            _shown = header.Status;
            _headers.Enqueue((_journal.Head, header));
            Pump();
            if (await IsStoredAsync())
            {
                await services.Plans.KeepAsync(design);
                return new RunReply(_header, null);
            }

            // Whoever started it is told that it does not run, so it must not, whatever becomes of what is on its way. A run
            // that others wait for is started again under the same id and goes on.
            if (run.AnswerTo is null && _network.Cancel())
            {
                CancelAbandoned();
                Flush();
            }

            return new RunReply(null, Unavailable);
        }
        catch (StorageUnavailableException)
        {
            return new RunReply(null, Unavailable);
        }
        finally
        {
            _starting = false;
        }
    }

    public Task<RunHeader?> GetHeader() => Task.FromResult(_header);

    public Task<Refusal?> Cancel() => ControlAsync(network => network.Cancel(), "The run has ended.");

    public Task<Refusal?> Pause() => ControlAsync(network => network.Pause(), "The run is not running.");

    public Task<Refusal?> Resume() => ControlAsync(network => network.Resume(), "The run is not paused.");

    public Task<Refusal?> Retry() => _start?.Durability == RunDurability.None
        ? Task.FromResult<Refusal?>(new Refusal(ErrorCodes.RunState, "The run keeps no firings that it could go on from."))
        : ControlAsync(network => network.Retry(), "The run has not failed.");

    public Task<Refusal?> Answer(string waitId, Token answer) =>
        _header is null ? Task.FromResult<Refusal?>(NotFound)
        : FindWait(waitId) is { } wait ? AnswerAsync(wait, waitId, RunBlobs.Received(answer))
        : Task.FromResult<Refusal?>(NotAwaited(waitId));

    public async Task<Refusal?> AnswerAs(PersonAnswer answer)
    {
        if (_header is null)
        {
            return NotFound;
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
        return await AnswerAsync(wait, answer.WaitId, given);
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

    public Task Wake()
    {
        Pump();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Wake();

    /// <summary>A service of the contract, for one firing.</summary>
    public T ServiceOf<T>(IExecutionContext context)
        where T : class =>
        services.Provider.GetService(typeof(Func<IExecutionContext, T>)) is Func<IExecutionContext, T> scoped ? scoped(context)
        : services.Provider.GetService(typeof(T)) as T
            ?? throw new ComponentException(ErrorCodes.ComponentServiceMissing, $"This server has no {typeof(T).Name}.", retryable: false);

    private static readonly Refusal NotFound = new(ErrorCodes.NotFound, "There is no such run, or you may not see it.");

    private static readonly Refusal Unavailable =
        new(ErrorCodes.StorageUnavailable, "The storage does not answer; the same request may be sent again.", Retryable: true);

    /// <summary>Makes the network and its processes; a refusal when a component does not accept its node's properties.</summary>
    private Refusal? Prepare(NetworkPlan plan, RunStart start)
    {
        var inputs = start.Inputs.ToDictionary(input => input.Key, input => (IReadOnlyList<Token>)input.Value, StringComparer.Ordinal);
        var processes = new IProcess[plan.Processes.Length];
        foreach (var process in plan.Processes)
        {
            try
            {
                processes[process.Index] = services.Components.Find(process.Component.Id)!.Create(new ProcessSettings(
                    process.NodeId,
                    process.Component,
                    process.Props,
                    [.. process.Inputs.Select(channels => channels.Length)],
                    [.. process.Outputs.Select(channels => channels.Length)])
                {
                    RunInputs = inputs,
                });
            }
            catch (ComponentException exception)
            {
                return RunPlans.RefuseOf([new PlanIssue(exception.Code, exception.Message, [process.NodeId])]);
            }
        }

        _processes = processes;
        _network = new Network(plan, services.Options.Limits, start.Seed);
        _network.Log.IsOn = start.Durability == RunDurability.Firing;
        _latencies = [.. plan.Processes.Select(_ => new Latencies())];
        return null;
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

    private async Task<Refusal?> AnswerAsync((int Process, long Firing, int Step, FiringStep Record) wait, string waitId, Token answer)
    {
        if (!_network.Answer(wait.Process, wait.Firing, wait.Step, answer))
        {
            return NotAwaited(waitId);
        }

        Flush();
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

    private async Task<Refusal?> ControlAsync(Func<Network, bool> control, string otherwise)
    {
        if (_header is null)
        {
            return NotFound;
        }

        if (!control(_network))
        {
            return new Refusal(ErrorCodes.RunState, otherwise);
        }

        CancelAbandoned();
        Pump();
        Flush();
        return await IsStoredAsync() ? null : Unavailable;
    }

    /// <summary>Waits until everything so far is stored; false when storage takes longer than a caller should wait.</summary>
    private async Task<bool> IsStoredAsync()
    {
        try
        {
            await _journal.FlushAsync().WaitAsync(services.Options.StorageTimeout, services.Time, Life);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private RunHeader HeaderNow(string status)
    {
        var now = services.Time.GetUtcNow();
        return new RunHeader
        {
            Id = RunId,
            ProjectId = _start!.ProjectId,
            DesignId = _start.DesignId,
            DesignName = _start.DesignName,
            Revision = _start.Revision,
            Status = status,
            Durability = _start.Durability,
            StartedBy = _start.StartedBy,
            Depth = _start.Depth,
            CreatedAt = _start.At,
            UpdatedAt = now,
            Waited = _header?.Waited == true || status == "waiting",
            WorkedMilliseconds = (long)_clock.Elapsed.TotalMilliseconds,
            EndedAt = status is "completed" or "failed" or "cancelled" ? now : null,
            Error = status == "failed" ? _network.Failure : null,
        };
    }
}
