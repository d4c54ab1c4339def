namespace Actors.Frontend.Http;

/// <summary>Section <c>Cors</c>: pages of other origins that may call with their user's token.</summary>
public sealed class CorsSettings
{
    public const string Section = "Cors";

    /// <summary>Such as <c>https://app.example.org</c>: no path, and no asterisk, since credentials go along. Default none.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var origin in Origins)
        {
            if (!IsOrigin(origin))
                yield return $"{Section}:{nameof(Origins)} has '{origin}'; it must be scheme, host and port alone, such as https://app.example.org.";
        }
    }

    internal static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase);
}
