using System.Globalization;

namespace Orleans.Embedded;

/// <summary>Reminders in memory: they live as long as this object.</summary>
public sealed class MemoryReminderStore : IReminderStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string GrainId, string Name), ReminderRecord> _reminders = [];
    private long _lastTag;

    public Task<IReadOnlyList<ReminderRecord>> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ReminderRecord>>([.. _reminders.Values]);
    }

    public Task<string> UpsertAsync(ReminderRecord reminder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reminder);
        lock (_gate)
        {
            var tag = (++_lastTag).ToString(CultureInfo.InvariantCulture);
            _reminders[(reminder.GrainId, reminder.Name)] = reminder with { ETag = tag };
            return Task.FromResult(tag);
        }
    }

    public Task<bool> RemoveAsync(string grainId, string name, string etag, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(
                _reminders.TryGetValue((grainId, name), out var stored) && stored.ETag == etag && _reminders.Remove((grainId, name)));
        }
    }
}
