namespace Actors.Storage;

/// <summary>
/// Registered reminders, which survive a restart. When they fire is the engine's business.
/// Every method throws <see cref="StorageUnavailableException"/> when storage cannot be reached.
/// </summary>
public interface IReminderTable
{
    Task<IReadOnlyList<ReminderRow>> ReadAllAsync(CancellationToken ct);

    Task<IReadOnlyList<ReminderRow>> ReadAsync(string grainId, CancellationToken ct);

    Task<ReminderRow?> FindAsync(string grainId, string name, CancellationToken ct);

    /// <summary>Adds or replaces the reminder of this grain and name, whatever its etag was.</summary>
    /// <returns>The new etag.</returns>
    Task<string> UpsertAsync(ReminderRow row, CancellationToken ct);

    /// <summary>Removes a reminder if its etag is still this one, or whatever it is when null.</summary>
    /// <returns>Whether it was removed.</returns>
    Task<bool> RemoveAsync(string grainId, string name, string? etag, CancellationToken ct);
}

/// <summary>One reminder. The etag is ignored on upsert.</summary>
public sealed record ReminderRow(string GrainId, string Name, DateTimeOffset StartAt, TimeSpan Period, string ETag = "");
