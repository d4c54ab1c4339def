using Actors.Grains.Interfaces;
using Orleans.Embedded;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Actors.Grains.Tests;

/// <summary>The one file that knows that the embedded engine runs these tests.</summary>
internal static class Engine
{
    /// <summary>Messages pass through the application's JSON, as they would between silos.</summary>
    public static void UseMessages(this InProcessTestClusterBuilder builder) =>
        builder.ConfigureSilo((_, silo) => silo.UseInMemoryReminderService().Configure<EmbeddedEngineOptions>(options =>
        {
            options.MessageSerializerOptions = GrainMessages.Options;
            options.GrainAssemblies.Add(typeof(GrainsServices).Assembly);
        }));
}
