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

    public static Task<RunHarness> StartAsync(ProbeComponent.Behaviour behave, TimeProvider? time = null, params (string Key, string Value)[] settings) =>
        StartAsync(behave, execution: null, time, settings);

    /// <param name="execution">How the probe is executed.</param>
    public static Task<RunHarness> StartAsync(
        ProbeComponent.Behaviour behave, string? execution, TimeProvider? time = null, params (string Key, string Value)[] settings) =>
        StartAsync(new ProbeComponent(EffectClass.Keyed) { Behave = behave }, execution, time, settings);

    /// <param name="execution">Of the probe.</param>
    public static async Task<RunHarness> StartAsync(
        ProbeComponent probe, string? execution = null, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] defaults =
            [("Runs:StorageRetry", "0:00:00.010"), ("Runs:CancelGrace", "0:00:00"), ("Runs:SummaryInterval", "0:00:00.010")];
        var silo = await TestSilo.StartAsync(
            services =>
            {
                if (probe.IsInstalled)
                {
                    services.AddSingleton<IComponent>(probe);
                    services.AddSingleton<IComponentCatalog>(ComponentCatalog.BuiltIn.With(probe.Descriptor));
                }

                if (time is not null)
                {
                    services.AddSingleton(time);
                }
            },
            [.. defaults.Where(byDefault => settings.All(setting => setting.Key != byDefault.Key)), .. settings]);
        var harness = new RunHarness(silo, probe);
        await harness.DesignAsync("dsg_1", ["c>p", "p>o"], Node("c", "constant", """{"value":1}"""), Node("p", "probe", "{}", execution), Node("o", "output", """{"name":"result"}"""));
        return harness;
    }

    public static Node Node(string id, string type, string props = "{}", string? execution = null) => new()
    {
        Id = id, Type = type, Props = JsonElement.Parse(props), Execution = execution is null ? null : JsonElement.Parse(execution),
    };

    /// <param name="connections">As <c>a>b</c>, from the port out to the port in.</param>
    public async Task DesignAsync(string id, string[] connections, params Node[] nodes)
    {
        var author = new DesignCaller(new Author("usr_ann", AuthorKind.User), true);
        var created = await Silo.Grains.GetGrain<IDesignGrain>(id).Create(author, new NewDesign(
            "prj_1",
            "Run me",
            DesignKind.Process,
            null,
            null,
            [.. nodes.Select((node, i) => node with { Order = $"a{i}" })],
            [
                .. connections.Select((connection, i) => connection.Split('>') is var ends
                    ? new Connection { Id = $"{i}", From = new Endpoint(ends[0], "out"), To = new Endpoint(ends[1], "in") }
                    : throw new ArgumentException(connection, nameof(connections))),
            ])).InTime();
        Assert.Null(created.Refusal);
    }

    public static Token TokenOf(string json) => Token.Of(JsonElement.Parse(json));

    public IRunGrain RunOf(string id) => Silo.Grains.GetGrain<IRunGrain>(id);

    public Task<RunReply> StartRunAsync(string id = "run_1", string design = "dsg_1") => RunOf(id)
        .Start(new NewRun(design, "usr_ann", null, RunDurability.Firing, ImmutableDictionary<string, ImmutableArray<Token>>.Empty)).InTime();

    public async Task<RunView> EndAsync(string status, string id = "run_1")
    {
        RunView? view = null;
        await Wait.UntilAsync(async () => (view = await RunOf(id).Get())?.Run.EndedAt is not null);
        Assert.Equal(status, view!.Run.Status);
        return view;
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
