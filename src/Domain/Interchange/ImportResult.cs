using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Designs;

namespace Actors.Domain.Interchange;

/// <summary>The answer to an import.</summary>
public abstract record ImportResult
{
    private ImportResult()
    {
    }

    /// <summary>What was read; ready to be added to a design of that kind. Parents stand before their children.</summary>
    public sealed record Imported(
        DesignKind Kind,
        string? Name,
        string? Description,
        ImmutableArray<Node> Nodes,
        ImmutableArray<Connection> Connections,
        JsonElement? Settings,
        ImmutableArray<ImportWarning> Warnings) : ImportResult;

    /// <summary>Code <c>import_invalid</c>, with a JSON pointer (RFC 6901) to what is wrong.</summary>
    public sealed record Refused(Refusal Error) : ImportResult;

    internal static Refused Invalid(string pointer, string rule) =>
        new(Refusal.Field(pointer.Length == 0 ? "/" : pointer, rule, ErrorCodes.ImportInvalid));
}

/// <summary>Something that was read otherwise than it stands, though nothing was lost unless the text says so.</summary>
/// <param name="Pointer">A JSON pointer into what was imported.</param>
/// <param name="Text">A sentence for people.</param>
public sealed record ImportWarning(string Pointer, string Text);
