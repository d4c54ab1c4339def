using Actors.Grains.Interfaces;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Actors.Grains.Tests;

/// <summary>The one file that knows that Orleans runs these tests.</summary>
internal static class Engine
{
    public static void UseMessages(this InProcessTestClusterBuilder builder)
    {
        builder.ConfigureSilo((_, silo) => silo.UseInMemoryReminderService());
        builder.ConfigureHost(host => host.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSupported: type => type.Namespace?.StartsWith("Actors.", StringComparison.Ordinal) == true,
            jsonSerializerOptions: GrainMessages.Options)));
    }
}
