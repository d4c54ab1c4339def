using Actors.Components;
using Actors.Grains.Identity;
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
    RunOptions options,
    TimeProvider time,
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

    public RunOptions Options => options;

    public TimeProvider Time => time;

    /// <summary>Where services of the contract are found.</summary>
    public IServiceProvider Provider => provider;

    public ILogger Logger { get; } = loggers.CreateLogger("Actors.Grains.Runs");
}
