using Actors.Grains.Identity;
using Actors.Storage;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.EventSourcing;

/// <summary>What every event-sourced grain needs from the silo.</summary>
public sealed record EventSourcingServices(
    IJournal Journal,
    ISnapshotStore Snapshots,
    SnapshotWriter SnapshotWriter,
    IIdentifierSource Identifiers,
    TimeProvider Time,
    EventSourcingOptions Options,
    ILoggerFactory Loggers);
