namespace Orleans.Embedded;

/// <summary>A kept reminder.</summary>
/// <param name="GrainId">The grain in its text form, <c>type/key</c>.</param>
/// <param name="Name">Unique for the grain.</param>
/// <param name="StartAt">The first tick, UTC.</param>
/// <param name="Period">The time between ticks.</param>
/// <param name="ETag">The version that the store gave it; empty before it was stored.</param>
public sealed record ReminderRecord(string GrainId, string Name, DateTimeOffset StartAt, TimeSpan Period, string ETag);

/// <summary>
/// Keeps reminders across restarts. The engine reads everything once at start and is then the only writer;
/// what <see cref="UpsertAsync"/> and <see cref="RemoveAsync"/> answer must be durable by then.
/// </summary>
public interface IReminderStore
{
    Task<IReadOnlyList<ReminderRecord>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds the reminder or replaces the one of the same grain and name.</summary>
    /// <returns>The new version.</returns>
    Task<string> UpsertAsync(ReminderRecord reminder, CancellationToken cancellationToken);

    /// <summary>Removes the reminder if its version is still the given one.</summary>
    /// <returns>Whether it was removed.</returns>
    Task<bool> RemoveAsync(string grainId, string name, string etag, CancellationToken cancellationToken);
}
