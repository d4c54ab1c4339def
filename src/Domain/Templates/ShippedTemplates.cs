using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;

namespace Actors.Domain.Templates;

/// <summary>A template that comes with the product.</summary>
public sealed record ShippedTemplate(TemplateView View, TemplateContents Contents);

/// <summary>The templates that come with the product: files of our own format with a head, embedded in this assembly.</summary>
public static class ShippedTemplates
{
    private const string Prefix = "Actors.Domain.Templates.Shipped.";

    /// <summary>When this set was made; part of what every installation answers alike.</summary>
    private static readonly DateTimeOffset MadeAt = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<ImmutableArray<ShippedTemplate>> Templates = new(Read);

    /// <summary>By name.</summary>
    public static ImmutableArray<ShippedTemplate> All => Templates.Value;

    public static ShippedTemplate? Find(string id) => All.FirstOrDefault(template => template.View.Id == id);

    private static ImmutableArray<ShippedTemplate> Read()
    {
        var assembly = typeof(ShippedTemplates).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name =>
                {
                    using var stream = assembly.GetManifestResourceStream(name)!;
                    using var file = JsonDocument.Parse(stream);
                    return Read(name, file.RootElement);
                })
                .OrderBy(template => template.View.Name, StringComparer.Ordinal),
        ];
    }

    private static ShippedTemplate Read(string resource, JsonElement file)
    {
        if (DesignJson.Read(file.GetProperty("design"), ComponentCatalog.BuiltIn, new DesignLimits()) is not ImportResult.Imported design)
            throw new InvalidOperationException($"{resource} is no valid design.");

        var id = file.GetProperty("id").GetString()!;
        var view = new TemplateView(
            id,
            ProjectId: null,
            file.GetProperty("name").GetString()!,
            file.GetProperty("description").GetString(),
            file.GetProperty("category").GetString(),
            design.Kind,
            design.Nodes.Length,
            design.Connections.Length,
            TemplateView.PreviewOf(id),
            CreatedBy: null,
            MadeAt,
            MadeAt,
            Version: 1);
        return new ShippedTemplate(view, new TemplateContents(design.Kind, design.Settings, design.Nodes, design.Connections));
    }
}
