using System.Text.Json;
using Actors.Domain.Designs;
using Actors.Domain.Templates;
using Actors.Grains.Interfaces.Templates;
using Actors.Storage;

namespace Actors.Grains.Templates;

/// <summary>What lists know of a project's templates.</summary>
internal static class TemplateCatalog
{
    public const string Kind = "template";

    /// <summary>So few that a list of them is sorted and filtered as a whole, together with the shipped ones.</summary>
    public const int MaximumPerProject = 200;

    public static CatalogEntry ToEntry(TemplateView view) => new()
    {
        Kind = Kind,
        Id = view.Id,
        Scope = view.ProjectId!,
        Name = view.Name,
        Status = view.Kind == DesignKind.Process ? "process" : "wireframe",
        CreatedAt = view.CreatedAt,
        UpdatedAt = view.UpdatedAt,
        Data = JsonSerializer.SerializeToUtf8Bytes(view, TemplatesJsonContext.Default.TemplateView),
    };

    public static TemplateView Read(CatalogEntry entry) =>
        JsonSerializer.Deserialize(entry.Data.Span, TemplatesJsonContext.Default.TemplateView)
            ?? throw new InvalidOperationException($"The catalog's entry of template {entry.Id} is empty.");
}
