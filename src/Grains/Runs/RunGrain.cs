using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Idempotency;
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

    private string Stream => StreamOf(RunId);

    public static string StreamOf(string runId) => $"{StreamKind}/{runId}";

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
        await _journal.DrainAsync(cancellationToken);
    }

    public async Task<RunReply> Start(NewRun run)
    {
        // The run's id is the request's: asked again, it is the same run.
        RequestBatch.Leave();
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
            var (prepared, refusal) = await PrepareAsync(run);
            if (prepared is not { Design: var design })
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
                run.AccountId, services.Time.GetUtcNow(), BitConverter.ToUInt64(services.Identifiers.NewBatchId().ToByteArray(), 8), inputs, run.AnswerTo, run.Depth, RunPlans.VersionsOf(design.Plan))
            {
                Components = ShapesOf(design.Plan),
            };
            start = Mark(start, run, prepared.Recorded);
            if ((RunInputs.Check(design.Plan, start.Inputs) ?? Prepare(design.Plan, start)) is { } refused)
            {
                return new RunReply(null, refused);
            }

            _start = start;
            _askedAt = run.AskedAt;
            Follow(prepared.Recorded?.Recording);
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
            _headers.Enqueue((_journal.Head, header, TotalsNow()));
            _figures = TakeFigures();
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
                CancelGivenUp();
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

    public Task Wake()
    {
        Pump();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Wake();

    /// <summary>A service of the contract, for one firing.</summary>
    public T ServiceOf<T>(IExecutionContext context)
        where T : class =>
        (services.Provider.GetService(typeof(Func<IExecutionContext, T?>)) is Func<IExecutionContext, T?> scoped ? scoped(context) : null)
        ?? services.Provider.GetService(typeof(T)) as T
            ?? throw new ComponentException(ErrorCodes.ComponentServiceMissing, $"This server has no {typeof(T).Name}.", retryable: false);

    private static readonly Refusal NotFound = new(ErrorCodes.NotFound, "There is no such run, or you may not see it.");

    private static readonly Refusal Unavailable =
        new(ErrorCodes.StorageUnavailable, "The storage does not answer; the same request may be sent again.", Retryable: true);

    private static ImmutableSortedDictionary<string, string> ShapesOf(NetworkPlan plan) => plan.Processes
        .DistinctBy(process => process.Component.Id, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(process => process.Component.Id, process => process.Component.Shape(), StringComparer.Ordinal);

    private Refusal? Prepare(NetworkPlan plan, RunStart start) => Make(plan, start) is { } issue ? RunPlans.RefuseOf([issue]) : null;

    /// <summary>Makes the network and its processes; what is wrong when a component does not accept its node's properties.</summary>
    private PlanIssue? Make(NetworkPlan plan, RunStart start)
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
                return new PlanIssue(exception.Code, exception.Message, [process.NodeId]);
            }
        }

        _processes = processes;
        _network = new Network(plan, services.Options.Limits, start.Seed);
        _network.Log.IsOn = start.Durability == RunDurability.Firing;
        _latencies = [.. plan.Processes.Select(_ => new Latencies())];
        return null;
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
            NodeId = _start.NodeId,
            DryRun = _start.DryRun,
            ReplayOf = _start.Replay?.RunId,
            FromNode = _start.Replay?.FromNode,
            CreatedAt = _start.At,
            UpdatedAt = now,
            Waited = _header?.Waited == true || status == "waiting",
            WorkedMilliseconds = (long)_clock.Elapsed.TotalMilliseconds,
            EndedAt = status is "completed" or "failed" or "cancelled" ? now : null,
            Error = status == "failed" ? _network.Failure : null,
        };
    }
}
