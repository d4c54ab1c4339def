using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Actors.Domain.Identity;

namespace Actors.Domain.Comments;

/// <summary>Mentions in a text: <c>@[Grace](usr_…)</c>.</summary>
public static partial class Mentions
{
    /// <summary>The accounts that a text and an explicit list mention, each once, in the order of their first mention.</summary>
    public static ImmutableArray<string> Of(string text, ImmutableArray<string>? listed) =>
    [
        .. Pattern().Matches(text).Select(match => match.Groups["id"].Value)
            .Where(id => Identifier.IsValid(Identifier.Account, id))
            .Concat(listed is { IsDefault: false } given ? given : [])
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The text as a reader sees it: names without their ids.</summary>
    public static string ToPlainText(string text) => Pattern().Replace(text, "@${name}");

    [GeneratedRegex(@"@\[(?<name>[^\]\r\n]{1,200})\]\((?<id>usr_[0-9a-z]{26})\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
