using Actors.Frontend.Operations.Metrics;
using Actors.Grains;
using Actors.Grains.Interfaces;
using Actors.Storage;
using Orleans.Embedded;
using Orleans.Hosting;

namespace Actors.Silo;

/// <summary>The embedded engine: all grains in this process.</summary>
internal static class Engine
{
    public const string Name = "embedded";

    public static void UseEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IReminderStore, StoredReminders>();
        builder.Services.AddSingleton(new EngineMeter("Orleans.Embedded", "orleans.embedded."));
        builder.UseOrleans(silo => silo.Configure<EmbeddedEngineOptions>(options =>
        {
            options.MessageSerializerOptions = GrainMessages.Options;
            options.GrainAssemblies.Add(typeof(GrainsServices).Assembly);
            silo.Configuration.GetSection("Engine").Bind(options);
        }));
    }

    /// <summary>The engine's reminders in the storage's table.</summary>
    private sealed class StoredReminders(IReminderTable table) : IReminderStore
    {
        public async Task<IReadOnlyList<ReminderRecord>> ReadAllAsync(CancellationToken cancellationToken) =>
            [.. (await table.ReadAllAsync(cancellationToken)).Select(row => new ReminderRecord(row.GrainId, row.Name, row.StartAt, row.Period, row.ETag))];

        public Task<string> UpsertAsync(ReminderRecord reminder, CancellationToken cancellationToken) =>
            table.UpsertAsync(new ReminderRow(reminder.GrainId, reminder.Name, reminder.StartAt, reminder.Period, reminder.ETag), cancellationToken);

        public Task<bool> RemoveAsync(string grainId, string name, string etag, CancellationToken cancellationToken) =>
            table.RemoveAsync(grainId, name, etag, cancellationToken);
    }
}
