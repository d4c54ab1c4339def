using System.Runtime.Loader;
using System.Text.Json;
using Actors.Domain.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Components.Tests.Plugins;

public sealed class PluginTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("actors-plugins-").FullName;
    private readonly Lines _log = new();

    [Fact]
    [Spec("CO-02", "CO-04")]
    public void A_plugin_in_the_folder_is_loaded_apart_and_runs()
    {
        Install("plugins");
        using var services = Start();
        var component = services.GetRequiredService<ComponentRegistry>().Find("sample.wordcount")!;
        Assert.NotSame(AssemblyLoadContext.Default, AssemblyLoadContext.GetLoadContext(component.GetType().Assembly));

        var process = (ISyncProcess)component.Create(new ProcessSettings("node", component.Descriptor, JsonElement.Parse("""{"minimumLength":3}"""), [1], [1, 1]));
        var firing = new TestFiring(FiringTrigger.Tokens, 1, [Token.Of("it is a fine day")], DateTimeOffset.UnixEpoch, new TestState());
        process.Fire(firing);
        Assert.Equal("""{"words":2,"longest":"fine"}""", firing.Outputs.Single().Token.ToString());
    }

    [Fact]
    public void The_catalog_of_designs_has_it_beside_the_built_in_ones()
    {
        Install("plugins/Actors.WordCount");
        using var services = Start();
        var catalog = services.GetRequiredService<IComponentCatalog>();
        Assert.Equal("Count words", catalog.Find("sample.wordcount")!.Title);
        Assert.NotNull(catalog.Find("ui.button"));
        Assert.All(services.GetRequiredService<ComponentRegistry>().All, component => Assert.Same(component.Descriptor, catalog.Find(component.Descriptor.Id)));
    }

    [Fact]
    public void A_plugin_that_cannot_be_loaded_is_named_and_the_others_go_on()
    {
        Install("plugins");
        File.WriteAllText(Path.Combine(_data, "plugins", "Broken.dll"), "This is no assembly.");
        using var services = Start();
        Assert.NotNull(services.GetRequiredService<ComponentRegistry>().Find("sample.wordcount"));
        Assert.Contains(_log.Errors, line => line.Contains("Broken.dll", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_component_of_an_id_is_left_out()
    {
        Install("plugins");
        Install("plugins/Actors.WordCount");
        using var services = Start();
        Assert.Single(services.GetRequiredService<ComponentRegistry>().All, component => component.Descriptor.Id == "sample.wordcount");
        Assert.Contains(_log.Errors, line => line.Contains("There is a component 'sample.wordcount' already.", StringComparison.Ordinal));
    }

    [Fact]
    [Spec("CO-03")]
    public void Two_registered_components_of_one_id_stop_the_start()
    {
        using var services = Start(collection => collection.AddComponent<Again>());
        Assert.Throws<ArgumentException>(services.GetRequiredService<ComponentRegistry>);
    }

    [Fact]
    public void No_folder_no_plugins()
    {
        using var services = Start();
        Assert.Null(services.GetRequiredService<ComponentRegistry>().Find("sample.wordcount"));
        Assert.Empty(_log.Errors);
    }

    public void Dispose()
    {
        Directory.Delete(_data, recursive: true);
        _log.Dispose();
    }

    private void Install(string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(_data, folder)).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Plugins", "Actors.WordCount.dll"), Path.Combine(target, "Actors.WordCount.dll"));
    }

    private ServiceProvider Start(Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Actors:DataFolder", _data)]).Build();
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_log)).AddComponents(configuration);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private sealed class Again : IComponent
    {
        public ComponentDescriptor Descriptor { get; } = ComponentCatalog.BuiltIn.Find("merge")!;

        public IProcess Create(ProcessSettings settings) => throw new NotSupportedException();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
                Errors.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
