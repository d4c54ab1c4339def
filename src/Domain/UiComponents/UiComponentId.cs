using Actors.Domain.Interchange.Html;

namespace Actors.Domain.UiComponents;

/// <summary>The ids of components that projects make: <c>custom.</c> and words of lower-case letters and digits joined by hyphens.</summary>
public static class UiComponentId
{
    public const string Prefix = "custom.";
    public const int MaximumLength = 64;

    /// <summary>Whether a node's type is a component that a project makes, or made once.</summary>
    public static bool IsCustom(string type) => type.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The id that a component of this title gets; none that is valid when the title has no letters or digits of ASCII.</summary>
    public static string Of(string title) => Prefix + Escaping.Slug(title, MaximumLength - Prefix.Length);

    public static Refusal? Check(string? id)
    {
        var words = id?.Length <= MaximumLength && IsCustom(id) ? id[Prefix.Length..].Split('-') : [""];
        return Array.TrueForAll(words, word => word.Length > 0 && word.All(letter => char.IsAsciiDigit(letter) || char.IsAsciiLetterLower(letter)))
            ? null
            : Refusal.Field("id", $"must be '{Prefix}' and words of lower-case letters and digits joined by hyphens, {MaximumLength} characters in all");
    }
}
