using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Validation;

/// <summary>A run tells its inputs apart by their names, and its outputs: no two have the same.</summary>
internal sealed class NameRule : IValidationRule
{
    private const string Property = "name";

    public IEnumerable<Finding> Check(ValidatedDesign design) => Check(design, "input").Concat(Check(design, "output"));

    private static IEnumerable<Finding> Check(ValidatedDesign design, string type)
    {
        var named = design.Nodes.Where(node => node.Type == type).Select(node => (Node: node, Name: NameOf(node))).Where(item => item.Name.Length > 0).ToList();
        var taken = named.Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (node, name) in named)
        {
            if (!seen.Add(name))
            {
                yield return Finding.OfNode(
                    FindingCodes.NameDuplicate, FindingSeverity.Error, node.Id, $"Another {type} of this design is called '{name}' as well.",
                    Rename(node, Free(name, taken, next)));
            }
        }
    }

    private static string Free(string name, HashSet<string> taken, Dictionary<string, int> next)
    {
        var number = next.GetValueOrDefault(name, 2);
        while (!taken.Add($"{name}-{number}"))
        {
            number++;
        }

        next[name] = number + 1;
        return $"{name}-{number}";
    }

    private static FindingFix? Rename(Node node, string name) => name.Length > 1_000
        ? null
        : Fixes.Set($"Call it '{name}'", node, writer =>
        {
            writer.WriteStartObject("props");
            writer.WriteString(Property, name);
            writer.WriteEndObject();
        });

    private static string NameOf(Node node) =>
        node.Props.TryGetProperty(Property, out var name) && name.ValueKind == JsonValueKind.String && JsonText.IsReadable(name) ? name.GetString()! : "";
}
