using System.Net;
using System.Security.Cryptography;
using System.Text;
using Actors.Domain;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Pages;

/// <summary>
/// A page for people: plain HTML that needs no script, and nothing from elsewhere. Its policy lets a browser send its forms
/// here and do nothing else, and nobody keeps it.
/// </summary>
internal static class Page
{
    private const string Style = """

        body { font: 16px/1.5 system-ui, sans-serif; max-width: 30rem; margin: 3rem auto; padding: 0 1rem; color: #1b1f24; background: #fff; }
        form { border: 1px solid #c5cbd2; border-radius: 6px; padding: 0 1rem 1rem; margin: 1.5rem 0; }
        label { display: block; margin: .75rem 0 .25rem; font-weight: 600; }
        input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; border: 1px solid #6b7480; border-radius: 4px; }
        button { font: inherit; margin: 1rem .5rem 0 0; padding: .5rem 1rem; border: 1px solid #0b57d0; border-radius: 4px; background: #0b57d0; color: #fff; }
        button.quiet { background: #fff; color: #0b57d0; }
        .alert { border-left: 4px solid #b3261e; background: #fdecea; padding: .5rem 1rem; }
        .hint { color: #4a525c; font-size: .9rem; margin: .25rem 0 0; }
        :focus-visible { outline: 3px solid #f0a202; outline-offset: 1px; }

        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style.ReplaceLineEndings("\n"))))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>A page of this title; the body is HTML, whatever came from outside in it encoded by <see cref="Encode"/>.</summary>
    public static IResult Show(string title, string body, int status = StatusCodes.Status200OK) => new Html(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encode(title)}</title>
        <style>{Style.ReplaceLineEndings("\n")}</style>
        </head>
        <body>
        <main>
        <h1>{Encode(title)}</h1>
        {body}
        </main>
        </body>
        </html>

        """,
        status);

    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");

    /// <summary>Why something did not work, read out at once to who listens; nothing when there is nothing to say.</summary>
    public static string Alert(Refusal? refusal) => refusal is null ? "" : $"""<p class="alert" role="alert">{Encode(Sentence(refusal.Detail))}</p>""";

    public static string Paragraph(string text) => $"<p>{Encode(text)}</p>";

    /// <summary>A field with its label.</summary>
    /// <param name="id">Unique on the page.</param>
    /// <param name="type">Of the input: <c>text</c>, <c>email</c> or <c>password</c>.</param>
    /// <param name="autocomplete">What a browser or password manager may fill in.</param>
    public static string Field(string id, string name, string label, string type, string autocomplete, string? value = null, string? hint = null)
    {
        var described = hint is null ? "" : $""" aria-describedby="{id}-hint" """.TrimEnd();
        var filled = value is null ? "" : $""" value="{Encode(value)}" """.TrimEnd();
        return $"""
            <label for="{id}">{Encode(label)}</label>
            <input id="{id}" name="{name}" type="{type}" autocomplete="{autocomplete}"{filled}{described} required>
            {(hint is null ? "" : $"""<p class="hint" id="{id}-hint">{Encode(hint)}</p>""")}
            """;
    }

    /// <summary>What a form sent; a body that is none is refused.</summary>
    public static async Task<(IFormCollection? Form, Refusal? Refusal)> ReadFormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return (null, new Refusal(ErrorCodes.UnsupportedMediaType, "this address takes the form of its page"));

        try
        {
            return (await request.ReadFormAsync(request.HttpContext.RequestAborted), null);
        }
        catch (InvalidDataException)
        {
            return (null, new Refusal(ErrorCodes.ValidationFailed, "the form cannot be read"));
        }
    }

    private static string Sentence(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";

    private sealed class Html(string text, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy = Policy;
            return response.WriteAsync(text.ReplaceLineEndings("\n"), httpContext.RequestAborted);
        }
    }
}
