using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Components.Plugins;

/// <summary>Finds the components of a plugin folder. A plugin that cannot be loaded is named in the log and left out; the others go on.</summary>
/// <remarks>
/// A plugin is code that runs in the server with all its rights: whoever may write into the folder may do anything. It is
/// read once, at the start.
/// </remarks>
internal sealed partial class PluginLoader(IServiceProvider services, ILogger<PluginLoader> logger)
{
    /// <summary>The components of all plugins of a folder, in the order of their files' names.</summary>
    /// <param name="folder">May be absent.</param>
    /// <param name="taken">Ids that exist already; those of the plugins are added.</param>
    public IReadOnlyList<IComponent> Load(string folder, ISet<string> taken)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var components = new List<IComponent>();
        foreach (var path in Find(folder))
        {
            try
            {
                var loaded = LoadOne(path, taken);
                components.AddRange(loaded);
                foreach (var component in loaded)
                {
                    LogLoaded(logger, component.Descriptor.Id, component.Descriptor.Version, path);
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(logger, path, exception.Message, exception);
            }
        }

        return components;
    }

    private static IEnumerable<string> Find(string folder) => Directory.EnumerateFiles(folder, "*.dll")
        .Concat(Directory.EnumerateDirectories(folder).Select(inner => Path.Combine(inner, Path.GetFileName(inner) + ".dll")).Where(File.Exists))
        .Order(StringComparer.Ordinal);

    /// <summary>All of a plugin or nothing of it.</summary>
    private List<IComponent> LoadOne(string path, ISet<string> taken)
    {
        var assembly = new PluginContext(path).LoadFromAssemblyPath(path);
        var components = assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IComponent).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IComponent)ActivatorUtilities.CreateInstance(services, type))
            .ToList();
        var ids = components.ConvertAll(component => component.Descriptor.Id);
        var clash = ids.Find(taken.Contains) ?? ids.GroupBy(id => id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (clash is not null)
        {
            throw new InvalidOperationException($"There is a component '{clash}' already.");
        }

        taken.UnionWith(ids);
        return components;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Component {Component}, version {Version}, is from the plugin {Path}")]
    private static partial void LogLoaded(ILogger logger, string component, int version, string path);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "The plugin {Path} is left out: {Reason}")]
    private static partial void LogFailed(ILogger logger, string path, string reason, Exception exception);
}
