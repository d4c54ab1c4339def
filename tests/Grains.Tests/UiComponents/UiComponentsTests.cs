using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.UiComponents;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.UiComponents;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Grains.UiComponents;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.UiComponents;

/// <summary>How designs learn of the components of their project.</summary>
public sealed class UiComponentsTests
{
    private const string Tag = "custom.tag";

    private static readonly UiComponentDefinition Definition = new(
        "Tag",
        "",
        "custom",
        "tag",
        JsonElement.Parse("""{"type":"object","properties":{"text":{"type":"string"}}}"""),
        JsonElement.Parse("{}"),
        100,
        40,
        Container: false,
        JsonElement.Parse("""[{"shape":"text","text":"{{text}}"}]"""),
        Markup: null);

    [Fact]
    public async Task A_component_counts_as_soon_as_it_is_answered_and_after_a_restart()
    {
        await using var silo = await StartAsync();
        var design = await TestDesign.CreateAsync(silo);
        TestDesign.AssertRefused(ErrorCodes.TypeUnknown, await design.SubmitAsync(Adding("a")), retryable: false);

        var made = await MakeAsync(silo);
        await design.CommitAsync(Adding("a"));
        await silo.RestartAsync();
        await design.CommitAsync(Adding("b"));

        Assert.Equal(JsonSerializer.Serialize(made.Components[0].Definition), JsonSerializer.Serialize((await SetAsync(silo)).Components[0].Definition));
        Assert.Null(await silo.Grains.GetGrain<IUiComponentsGrain>("prj_1").GetAll(known: 1).InTime());
        await design.CheckAsync();
    }

    [Fact]
    public async Task A_component_that_is_new_in_another_process_is_asked_for_and_batches_keep_their_order()
    {
        // With a catalog for each grain no design hears of what the components' grain publishes, as if it ran elsewhere.
        await using var silo = await StartAsync(services => services.AddTransient<ProjectCatalogs>());
        var design = await TestDesign.CreateAsync(silo);
        await MakeAsync(silo);

        var results = design.SubmitAll([TestDesign.Adding("other"), Adding("a"), TestDesign.Patching("a", """{"props":{"text":"one"}}"""), TestDesign.Patching("a", """{"x":7}""")]);

        await TestDesign.AssertCommittedAsync([2, 3, 4, 5], results);
        var node = Assert.Single((await design.DocumentAsync()).Nodes, node => node.Id == "a");
        Assert.Equal(("one", 7), (node.Props.GetProperty("text").GetString(), node.X));
    }

    [Fact]
    public async Task What_is_known_of_another_process_is_asked_for_again_when_it_has_grown_old()
    {
        await using var silo = await StartAsync();
        var clock = new ManualClock();
        var known = new HeldComponents("prj_1", ComponentCatalog.BuiltIn, clock, (_, _) => { });
        await known.LoadAsync(silo.Grains);
        await MakeAsync(silo);

        known.Freshen(silo.Grains);
        Assert.Null(known.Catalog.Find(Tag));
        clock.Advance(TimeSpan.FromSeconds(6));
        known.Freshen(silo.Grains);
        await Wait.UntilAsync(() => known.Catalog.Find(Tag) is not null);
    }

    [Fact]
    public async Task An_older_set_never_replaces_a_newer_one()
    {
        await using var silo = await StartAsync();
        var known = new HeldComponents("prj_1", ComponentCatalog.BuiltIn, TimeProvider.System, (_, _) => { });
        var before = await SetAsync(silo);
        var after = await MakeAsync(silo);

        known.Take(after);
        known.Take(before);

        Assert.NotNull(known.Catalog.Find(Tag));
    }

    [Fact]
    public void A_project_is_held_as_long_as_somebody_uses_it()
    {
        var catalogs = new ProjectCatalogs(ComponentCatalog.BuiltIn, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProjectCatalogs>.Instance);
        var first = catalogs.Open("prj_1");
        Assert.Same(first, catalogs.Open("prj_1"));
        catalogs.Close(first);
        Assert.Same(first, catalogs.Open("prj_1"));
        catalogs.Close(first);
        catalogs.Close(first);
        Assert.NotSame(first, catalogs.Open("prj_1"));
    }

    private static Batch Adding(string node) => new(TestDesign.NewId(), 0, [new NodeAdd(new Node { Id = node, Type = Tag, X = 1 })]);

    private static async Task<TestSilo> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var silo = await TestSilo.StartAsync(configure);
        Assert.IsType<ProjectReply.Done>(await silo.Grains.GetGrain<IProjectGrain>("prj_1").Create(new NewProject("acc_ann", "Shop", null)).InTime());
        return silo;
    }

    private static async Task<UiComponentSet> MakeAsync(TestSilo silo)
    {
        Assert.IsType<UiComponentReply.Done>(await silo.Grains.GetGrain<IUiComponentsGrain>("prj_1").Create(new UiComponentWrite("acc_ann", Tag, Definition)).InTime());
        return await SetAsync(silo);
    }

    private static async Task<UiComponentSet> SetAsync(TestSilo silo) => (await silo.Grains.GetGrain<IUiComponentsGrain>("prj_1").GetAll(known: null).InTime())!;
}
