using Actors.Components;
using Actors.Grains.Identity;
using Actors.Grains.Notifications;
using Actors.Storage;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Runs;

/// <summary>What every run needs.</summary>
internal sealed class RunServices(
    IJournal journal,
    ISnapshotStore snapshots,
    EventSourcing.SnapshotWriter snapshotWriter,
    IBlobStore blobs,
    IIdentifierSource identifiers,
    ICatalog lists,
    ComponentRegistry components,
    RunPlans plans,
    RunRecordings recordings,
    RunOptions options,
    RunReporter reporter,
    RunInstruments instruments,
    INotifier notifier,
    TimeProvider time,
    Services.RunApprovals approvals,
    Secrets.SecretRedactor redactor,
    IServiceProvider provider,
    ILoggerFactory loggers)
{
    public IJournal Journal => journal;

    public ISnapshotStore Snapshots => snapshots;

    public EventSourcing.SnapshotWriter SnapshotWriter => snapshotWriter;

    public IBlobStore Blobs => blobs;

    public IIdentifierSource Identifiers => identifiers;

    public ICatalog Lists => lists;

    public ComponentRegistry Components => components;

    public RunPlans Plans => plans;

    public RunRecordings Recordings => recordings;

    public RunOptions Options => options;

    public RunReporter Reporter => reporter;

    public RunInstruments Instruments => instruments;

    public INotifier Notifier => notifier;

    public TimeProvider Time => time;

    public Services.RunApprovals Approvals => approvals;

    public Secrets.SecretRedactor Redactor => redactor;

    /// <summary>Where services of the contract are found.</summary>
    public IServiceProvider Provider => provider;

    public ILogger Logger { get; } = loggers.CreateLogger("Actors.Grains.Runs");
}
