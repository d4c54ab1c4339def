using System.Text;
using System.Text.RegularExpressions;
using Actors.Components.Services;
using Actors.Domain.Expressions;

namespace Actors.Components.Reading;

/// <summary>
/// A template in which <c>{{secret.NAME}}</c> stands for a secret of the project. The secret is no part of what is rendered: it
/// is put in by <see cref="SecretText.RevealAsync"/>, inside an effect, so no token, log or journal holds it. Nothing in a token can
/// name a secret, because references are found in the template before anything is filled in.
/// </summary>
internal sealed class SecretTemplate
{
    private static readonly Regex References = new(
        @"\{\{\s*secret\.(?<name>[A-Za-z_][A-Za-z0-9_]{0,99})\s*\}\}", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Timeout.InfiniteTimeSpan);

    /// <summary>Template, secret's name, template, …</summary>
    private readonly List<(Template? Template, string? Secret)> _parts = [];

    private SecretTemplate()
    {
    }

    /// <summary>Whether it renders the same for every token.</summary>
    public bool IsConstant => _parts.TrueForAll(part => part.Template is null or { IsConstant: true });

    public bool HasSecrets => _parts.Exists(part => part.Secret is not null);

    public static SecretTemplate Parse(string text, string path)
    {
        var result = new SecretTemplate();
        var at = 0;
        foreach (Match match in References.Matches(text))
        {
            result.Add(text[at..match.Index], path, match);
            result._parts.Add((null, match.Groups["name"].Value));
            at = match.Index + match.Length;
        }

        result.Add(text[at..], path, null);
        return result;
    }

    /// <summary>The text for a token, with its secrets still hidden.</summary>
    /// <param name="token">The token.</param>
    /// <param name="escape">What becomes of a filled in text; true as second argument when nothing stands before it.</param>
    public SecretText Render(Token token, Func<string, bool, string>? escape = null)
    {
        var parts = new List<(string Text, bool IsSecret)>();
        foreach (var (template, secret) in _parts)
        {
            if (secret is not null)
            {
                parts.Add((secret, true));
                continue;
            }

            var isFirst = parts.Count == 0;
            var fits = template!.TryRender(token.Json, escape is null ? null : (text, before) => escape(text, isFirst && before == 0), out var rendered);
            parts.Add(fits ? (rendered!, false) : throw new ComponentException(ErrorCodes.ExpressionLimit, "A template takes more steps or makes longer text than is allowed.", retryable: false));
        }

        return new SecretText(parts);
    }

    private void Add(string text, string path, Match? before)
    {
        if (text.Length == 0)
        {
            return;
        }

        try
        {
            _parts.Add((PropertyReading.ParseTemplate(text, path), null));
        }
        catch (ComponentException) when (before is not null || _parts.Count > 0)
        {
            throw PropertyReading.Invalid(path, "a secret stands by itself, not within a block, and the template around it must be one");
        }
    }
}

/// <summary>A rendered text with secrets in it, which only <see cref="RevealAsync"/> puts in.</summary>
internal sealed class SecretText(List<(string Text, bool IsSecret)> parts)
{
    private const string Mask = "***";

    public IReadOnlyList<(string Text, bool IsSecret)> Parts => parts;

    /// <summary>For people: every secret is masked.</summary>
    public string Masked => string.Concat(parts.Select(part => part.IsSecret ? Mask : part.Text));

    /// <summary>The text itself.</summary>
    /// <param name="secrets">Where secrets are found.</param>
    /// <param name="escape">What becomes of a secret where it is put in.</param>
    /// <param name="revealed">Gets each secret's value, so that an answer that repeats it can be masked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<string> RevealAsync(
        Func<IRunSecrets> secrets, Func<string, string>? escape, ISet<string> revealed, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var (part, isSecret) in parts)
        {
            if (!isSecret)
            {
                text.Append(part);
                continue;
            }

            var value = await secrets().FindAsync(part, cancellationToken)
                ?? throw new ComponentException(ErrorCodes.SecretMissing, $"The project has no secret '{part}'.", retryable: false);
            revealed.Add(value);
            text.Append(escape is null ? value : escape(value));
        }

        return text.ToString();
    }
}
