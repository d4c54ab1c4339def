using Microsoft.Extensions.Logging;

namespace Actors.Storage;

internal static partial class StorageLog
{
    [LoggerMessage(2001, LogLevel.Information, "The storage writer is ready on {Provider}.")]
    public static partial void WriterReady(ILogger logger, StorageProvider provider);

    [LoggerMessage(2002, LogLevel.Error, "Storage failed; the group being written is answered as unavailable.")]
    public static partial void Outage(ILogger logger, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "Storage is still away: {Reason}")]
    public static partial void StillAway(ILogger logger, string reason);

    [LoggerMessage(2004, LogLevel.Error, "A group of {Appends} appends could not be written; each is tried alone.")]
    public static partial void GroupFailed(ILogger logger, Exception exception, int appends);

    [LoggerMessage(2005, LogLevel.Critical, "The storage writer ended because of a defect; restart the process.")]
    public static partial void WriterEnded(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Information, "Applied migration {Migration} on {Provider}.")]
    public static partial void Migrated(ILogger logger, string migration, StorageProvider provider);

    [LoggerMessage(2007, LogLevel.Information, "Backed up the database to {File} before migrating it.")]
    public static partial void BackedUp(ILogger logger, string file);

    [LoggerMessage(2008, LogLevel.Information, "Waiting for the database server: {Reason}")]
    public static partial void WaitingForServer(ILogger logger, string reason);
}
