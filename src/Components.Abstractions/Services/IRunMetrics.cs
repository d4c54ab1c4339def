namespace Actors.Components.Services;

/// <summary>Figures that a design measures.</summary>
public interface IRunMetrics
{
    /// <param name="kind"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    void Record(string kind, string name, double value, IReadOnlyDictionary<string, string> tags);
}
