using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>
/// Reads Excalidraw scenes (<c>.excalidraw</c>) and libraries of both versions (<c>.excalidrawlib</c>). Every element is
/// kept as it came under <c>props.source</c>, only its points move to <c>props.points</c>; every item of a library
/// becomes a frame with its elements inside.
/// </summary>
public static class ExcalidrawImport
{
    internal const string FormatName = "excalidraw";

    public static ImportResult Read(JsonElement root, IComponentCatalog components, DesignLimits limits)
    {
        if (ImportGate.Open(root, limits) is { } closed)
        {
            return closed;
        }

        var reading = new ExcalidrawReading(components, limits);
        var refused = (root.GetList("elements"), root.GetList("libraryItems"), root.GetList("library")) switch
        {
            ({ } elements, _, _) => reading.ReadScene(elements),
            (_, { } items, _) => reading.ReadLibrary(items, "/libraryItems"),
            (_, _, { } items) => reading.ReadLibrary(items, "/library"),
            _ => ImportResult.Invalid("", "must have a list 'elements', 'libraryItems' or 'library'"),
        };
        if (refused is not null)
        {
            return refused;
        }

        var warnings = reading.Warnings;
        var settings = Settings(root, limits, warnings);
        var name = root.GetObject("appState")?.GetText("name") is { Length: > 0 } given ? given.Cut(limits.NameLength) : null;
        var imported = new ImportResult.Imported(
            DesignKind.Wireframe, name, null, ImportGate.ParentsFirst(reading.Nodes), [], settings, [.. warnings]);
        return ImportGate.Close(imported, components, limits, id => reading.Pointers.GetValueOrDefault(id, ""));
    }

    /// <summary>Whatever the file says beside its elements. Embedded pictures can be larger than settings may be.</summary>
    private static JsonElement Settings(JsonElement root, DesignLimits limits, List<ImportWarning> warnings)
    {
        var settings = Wrap(root, "elements", "libraryItems", "library");
        if (JsonText.Bytes(settings) > limits.PropertyBytes && root.Get("files") is not null)
        {
            warnings.Add(new ImportWarning("/files", "The embedded files are larger than a design's settings may be and were left out."));
            return Wrap(root, "elements", "libraryItems", "library", "files");
        }

        return settings;
    }

    private static JsonElement Wrap(JsonElement root, params ReadOnlySpan<string> except)
    {
        var rest = JsonBuild.Without(root, except);
        return JsonBuild.Object(writer => writer.Property(FormatName, rest));
    }
}
