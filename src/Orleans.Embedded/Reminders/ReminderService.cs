using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>
/// Keeps reminders and ticks them. The ticks of a reminder are its start plus whole periods; those that fell into a time when no
/// silo ran are skipped. A tick that fails is logged and not repeated: the next one comes in its time.
/// </summary>
internal sealed class ReminderService(EmbeddedEngine engine, IServiceProvider services, IOptions<ReminderOptions> options) : IDisposable
{
    // Timers take no longer times than some 49 days; a longer wait is cut.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);

    private readonly IReminderStore? _store = services.GetService<IReminderStore>();
    private readonly ConcurrentDictionary<(string GrainId, string Name), Entry> _entries = new();
    private volatile bool _stopped;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_store is null)
            return;
        foreach (var record in await _store.ReadAllAsync(cancellationToken))
        {
            var entry = Add(record);
            entry.Arm(entry.TickAfter(engine.Time.GetUtcNow()));
        }
    }

    public void Stop()
    {
        _stopped = true;
        foreach (var entry in _entries.Values)
            entry.Dispose();
        _entries.Clear();
    }

    public void Dispose() => Stop();

    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        var smallest = options.Value.MinimumReminderPeriod;
        if (period < smallest)
            throw new ArgumentException($"The period of reminder '{name}' is {period} and must be at least {smallest}.", nameof(period));
        var record = new ReminderRecord(grainId.ToString(), name, engine.Time.GetUtcNow() + dueTime, period, ETag: string.Empty);
        record = record with { ETag = await Store.UpsertAsync(record, CancellationToken.None) };
        Add(record).Arm(record.StartAt);
        return new Reminder(record);
    }

    public async Task UnregisterAsync(GrainId grainId, IGrainReminder reminder)
    {
        if (reminder is not Reminder { Record: var record } || record.GrainId != grainId.ToString())
            throw new ArgumentException($"The reminder is not one of {grainId}.", nameof(reminder));
        if (!await Store.RemoveAsync(record.GrainId, record.Name, record.ETag, CancellationToken.None))
            throw new ReminderException($"Reminder '{record.Name}' of {grainId} was changed or removed by someone else.");
        if (_entries.TryRemove((record.GrainId, record.Name), out var entry))
            entry.Dispose();
    }

    public IGrainReminder? Find(GrainId grainId, string name) =>
        _entries.TryGetValue((grainId.ToString(), name), out var entry) ? new Reminder(entry.Record) : null;

    public List<IGrainReminder> All(GrainId grainId)
    {
        var id = grainId.ToString();
        return [.. _entries.Values.Where(e => e.Record.GrainId == id).Select(e => new Reminder(e.Record))];
    }

    private TimeProvider Time => engine.Time;

    private IReminderStore Store => _store ?? throw new InvalidOperationException(
        $"Reminders need an {nameof(IReminderStore)} among the services; {nameof(SiloBuilderExtensions.UseInMemoryReminderService)} adds one that forgets.");

    private Entry Add(ReminderRecord record)
    {
        var entry = new Entry(this, record);
        _entries.AddOrUpdate((record.GrainId, record.Name), entry, (_, replaced) =>
        {
            replaced.Dispose();
            return entry;
        });
        return entry;
    }

    private async Task TickAsync(ReminderRecord record)
    {
        try
        {
            var status = new TickStatus(record.StartAt.UtcDateTime, record.Period, engine.Time.GetUtcNow().UtcDateTime);
            await engine.GrainFactory.GetGrain<IRemindable>(GrainId.Parse(record.GrainId)).ReceiveReminder(record.Name, status);
        }
        catch (Exception exception)
        {
            engine.Log.ReminderFailed(exception, record.Name, record.GrainId);
        }
    }

    private sealed record Reminder(ReminderRecord Record) : IGrainReminder
    {
        public string ReminderName => Record.Name;
    }

    private sealed class Entry : IDisposable
    {
        private readonly ReminderService _service;
        private readonly ITimer _timer;
        private DateTimeOffset _next;

        public Entry(ReminderService service, ReminderRecord record)
        {
            _service = service;
            Record = record;
            using var suppressed = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
            _timer = service.Time.CreateTimer(static entry => ((Entry)entry!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public ReminderRecord Record { get; }

        private DateTimeOffset Now => _service.Time.GetUtcNow();

        public void Arm(DateTimeOffset tick)
        {
            _next = tick;
            Wait();
        }

        /// <summary>The first tick that lies after the time.</summary>
        public DateTimeOffset TickAfter(DateTimeOffset now)
        {
            if (now < Record.StartAt)
                return Record.StartAt;
            var periods = ((now - Record.StartAt).Ticks / Record.Period.Ticks) + 1;
            return Record.StartAt + TimeSpan.FromTicks(periods * Record.Period.Ticks);
        }

        public void Dispose() => _timer.Dispose();

        private void OnTimer()
        {
            if (_service._stopped)
                return;
            if (Now < _next)
                Wait();
            else
                _ = RunAsync();
        }

        private async Task RunAsync()
        {
            await _service.TickAsync(Record);
            if (!_service._stopped)
                Arm(TickAfter(Now));
        }

        private void Wait()
        {
            var wait = _next - Now;
            _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, Timeout.InfiniteTimeSpan);
        }
    }
}
