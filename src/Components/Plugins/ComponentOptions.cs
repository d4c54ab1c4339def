namespace Actors.Components.Plugins;

/// <summary>Where components come from besides the product: section <c>Components</c>.</summary>
public sealed class ComponentOptions
{
    public const string Section = "Components";

    /// <summary>
    /// A folder with plugins: each assembly in it, and in a folder of its own name (<c>WordCount/WordCount.dll</c>), is one. Relative to
    /// the data folder; default <c>plugins</c>. A folder that is not there holds none.
    /// </summary>
    public string PluginFolder { get; set; } = "plugins";

    /// <summary>The rules, one sentence for each that is broken.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(PluginFolder) || PluginFolder.AsSpan().Contains('\0'))
        {
            yield return $"Components:PluginFolder must name a folder; it is '{PluginFolder}'.";
        }
    }
}
