using System.Collections.Immutable;
using System.Text.Json;
using Actors.Components;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Runs;

/// <summary>A silo with the design <c>constant → probe → output</c>.</summary>
internal sealed class RunHarness : IAsyncDisposable
{
    private RunHarness(TestSilo silo, ProbeComponent probe) => (Silo, Probe) = (silo, probe);

    public TestSilo Silo { get; }

    public ProbeComponent Probe { get; }

    public IRunGrain Run => RunOf("run_1");

    public static async Task<RunHarness> StartAsync(ProbeComponent.Behaviour behave, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var probe = new ProbeComponent(EffectClass.Keyed) { Behave = behave };
        var silo = await TestSilo.StartAsync(
            services =>
            {
                services.AddSingleton<IComponent>(probe);
                services.AddSingleton<IComponentCatalog>(ComponentCatalog.BuiltIn.With(probe.Descriptor));
                if (time is not null)
                {
                    services.AddSingleton(time);
                }
            },
            [("Runs:StorageRetry", "0:00:00.010"), ("Runs:CancelGrace", "0:00:00"), ("Runs:SummaryInterval", "0:00:00.010"), .. settings]);
        var harness = new RunHarness(silo, probe);
        await harness.CreateDesignAsync();
        return harness;
    }

    public static Token TokenOf(string json) => Token.Of(JsonElement.Parse(json));

    public IRunGrain RunOf(string id) => Silo.Grains.GetGrain<IRunGrain>(id);

    public Task<RunReply> StartRunAsync(string id = "run_1") => RunOf(id)
        .Start(new NewRun("dsg_1", "usr_ann", null, RunDurability.Firing, ImmutableDictionary<string, ImmutableArray<Token>>.Empty)).InTime();

    public async Task<RunView> EndAsync(string status, string id = "run_1")
    {
        RunView? view = null;
        await Wait.UntilAsync(async () => (view = await RunOf(id).Get())?.Run.EndedAt is not null);
        Assert.Equal(status, view!.Run.Status);
        return view;
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();

    private async Task CreateDesignAsync()
    {
        Node[] nodes =
        [
            new() { Id = "c", Type = "constant", Props = JsonElement.Parse("""{"value":1}"""), Order = "a0" },
            new() { Id = "p", Type = "probe", Order = "a1" },
            new() { Id = "o", Type = "output", Props = JsonElement.Parse("""{"name":"result"}"""), Order = "a2" },
        ];
        Connection[] connections =
        [
            new() { Id = "1", From = new Endpoint("c", "out"), To = new Endpoint("p", "in") },
            new() { Id = "2", From = new Endpoint("p", "out"), To = new Endpoint("o", "in") },
        ];
        var author = new DesignCaller(new Author("usr_ann", AuthorKind.User), true);
        var design = await Silo.Grains.GetGrain<IDesignGrain>("dsg_1").Create(
            author, new NewDesign("prj_1", "Run me", DesignKind.Process, null, null, [.. nodes], [.. connections])).InTime();
        Assert.Null(design.Refusal);
    }
}
