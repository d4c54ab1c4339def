using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;

namespace Actors.Domain.Tests.Interchange;

/// <summary>Designs to import and export, made from a seed so that a failure can be repeated.</summary>
internal static class Samples
{
    private static readonly string[] Texts = ["", "plain", "<b>&amp;\"'", "]]>", "\u0001\u0000\uFFFF", "два\nстроки", "😀 emoji", "a\tb\rc", "javascript:alert(1)", "url(http://x)"];
    private static readonly double[] Places = [0, -0.1, 0.1, 1e-9, 33.333333333333336, 1e6, -123456.789, 1e300];

    public static ImportResult.Imported Ok(ImportResult result) =>
        result is ImportResult.Imported imported ? imported : throw new InvalidOperationException(((ImportResult.Refused)result).Error.Detail);

    public static DesignDocument Document(ImportResult.Imported imported) =>
        Document(imported.Kind, imported.Nodes, imported.Connections, imported.Settings, imported.Name, imported.Description);

    public static DesignDocument Document(
        DesignKind kind, ImmutableArray<Node> nodes, ImmutableArray<Connection> connections, JsonElement? settings = null, string? name = null, string? description = null) => new()
        {
            Id = "dsg_00000000000000000000000000",
            ProjectId = "prj_00000000000000000000000000",
            Name = name ?? "Sample",
            Kind = kind,
            Description = description,
            Settings = settings,
            Epoch = "e",
            Revision = 7,
            Nodes = nodes,
            Connections = connections,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };

    public static DesignDocument Generate(int seed)
    {
        var random = new Random(seed);
        var kind = random.Next(2) == 0 ? DesignKind.Wireframe : DesignKind.Process;
        var components = ComponentCatalog.BuiltIn.All.Where(component => component.Kinds.Contains(kind)).ToArray();
        var nodes = new List<Node>();
        for (var i = random.Next(25); i > 0; i--)
        {
            var component = components[random.Next(components.Length)];
            var parents = nodes.Where(node => ComponentCatalog.BuiltIn.Find(node.Type)!.Container).ToArray();
            nodes.Add(new Node
            {
                Id = $"n{nodes.Count}{Pick(random, ["", " x", "<", "~2", "é"])}",
                Type = component.Id,
                Parent = parents.Length > 0 && random.Next(3) == 0 ? parents[random.Next(parents.Length)].Id : null,
                X = Pick(random, Places),
                Y = Pick(random, Places),
                Width = random.Next(3) == 0 ? null : random.NextDouble() * 400,
                Height = random.Next(3) == 0 ? null : random.NextDouble() * 400,
                Order = $"a{(char)('A' + nodes.Count)}",
                Label = random.Next(3) == 0 ? Pick(random, Texts) : null,
                Props = Props(random, component),
                Execution = random.Next(4) == 0 ? JsonElement.Parse("""{"retry":{"attempts":3},"onError":"port"}""") : null,
            });
        }

        return Document(kind, [.. nodes], Connect(random, nodes), random.Next(2) == 0 ? JsonElement.Parse("""{"grid":8,"any":[null,{"x":1e2}]}""") : null, "Design " + seed, random.Next(2) == 0 ? "d" : null);
    }

    private static ImmutableArray<Connection> Connect(Random random, List<Node> nodes)
    {
        var connections = new List<Connection>();
        foreach (var from in nodes)
        {
            foreach (var output in ComponentCatalog.BuiltIn.Find(from.Type)!.Outputs)
            {
                var to = nodes[random.Next(nodes.Count)];
                if (ComponentCatalog.BuiltIn.Find(to.Type)!.Inputs.FirstOrDefault(input => output.Type.Fits(input.Type)) is { } fitting)
                {
                    connections.Add(new Connection
                    {
                        Id = $"c{connections.Count:D3}",
                        From = new Endpoint(from.Id, output.Name),
                        To = new Endpoint(to.Id, fitting.Name),
                        Props = random.Next(2) == 0 ? JsonElement.Parse("{}") : JsonElement.Parse("""{"label":"<yes> & no","capacity":3}"""),
                    });
                }
            }
        }

        return [.. connections];
    }

    /// <summary>Every text property gets something unpleasant; a rule that does not take it keeps its example.</summary>
    private static JsonElement Props(Random random, ComponentDescriptor component)
    {
        var props = component.Example!.Value.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);
        foreach (var name in component.Properties.Properties.Keys.Order(StringComparer.Ordinal).Where(_ => random.Next(4) == 0))
        {
            if (component.Properties.Properties[name] is PropertyRule.Text { Allowed.IsDefault: true } && name != "sourceFormat")
            {
                props[name] = JsonSerializer.SerializeToElement(Pick(random, Texts));
            }
        }

        return JsonSerializer.SerializeToElement(props);
    }

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
