using System.Net.Http.Headers;
using System.Text;
using Actors.Components.Reading;
using Actors.Components.Services;

namespace Actors.Components.Http;

/// <summary>How the requests of one node are made: its templates, read once.</summary>
internal sealed class RequestPlan
{
    private static readonly string[] Reserved = ["Host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "TE", "Trailer", "Proxy-Authorization"];

    private readonly SecretTemplate _url;
    private readonly KeyValuePair<string, SecretTemplate>[] _headers;
    private readonly KeyValuePair<string, SecretTemplate>[] _query;
    private readonly RequestBody _body;
    private readonly string? _contentType;

    public RequestPlan(ProcessSettings settings)
    {
        Method = settings.Text("method") ?? "GET";
        _url = SecretTemplate.Parse(settings.RequiredText("url"), "url");
        if (_url is { IsConstant: true, HasSecrets: false } && !IsAddress(_url.Render(Token.Null).Masked))
        {
            throw PropertyReading.Invalid("url", "must be an absolute http or https address");
        }

        _headers = Read(settings, "headers");
        foreach (var (name, _) in _headers)
        {
            if (!IsHeaderName(name) || Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw PropertyReading.Invalid($"headers.{name}", "is no header that a request may set");
            }
        }

        _query = Read(settings, "query");
        _body = new RequestBody(settings, Method);
        _contentType = settings.Text("contentType");
        if (_contentType is not null && !MediaTypeHeaderValue.TryParse(_contentType, out _))
        {
            throw PropertyReading.Invalid("contentType", "must be a media type");
        }
    }

    public string Method { get; }

    /// <summary>What is asked for this token; secrets are still hidden.</summary>
    public PlannedRequest For(Token token)
    {
        // An address that begins with a filled in part is taken whole; everything filled in later is data within it.
        var url = _url.Render(token, (text, isBeginning) => isBeginning ? text : Uri.EscapeDataString(text));
        return new PlannedRequest(
            Method,
            url,
            [.. _query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Render(token)))],
            [.. _headers.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Render(token)))],
            _body.Render(token),
            _contentType,
            _body.Escape);
    }

    public static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static KeyValuePair<string, SecretTemplate>[] Read(ProcessSettings settings, string name) =>
        [.. settings.Members(name).Select(member => KeyValuePair.Create(member.Name, SecretTemplate.Parse(PropertyReading.TextOf(member, name), $"{name}.{member.Name}")))];

    private static bool IsHeaderName(string name) =>
        name.Length is > 0 and <= 200 && name.All(unit => char.IsAsciiLetterOrDigit(unit) || "!#$%&'*+-.^_`|~".Contains(unit, StringComparison.Ordinal));
}

/// <summary>One request, rendered for a token.</summary>
internal sealed record PlannedRequest(
    string Method,
    SecretText Url,
    KeyValuePair<string, SecretText>[] Query,
    KeyValuePair<string, SecretText>[] Headers,
    (SecretText Text, string ContentType)? Body,
    string? ContentType,
    Func<string, string>? EscapeInBody)
{
    /// <summary>For people: method and address, without query and secrets.</summary>
    public string Description
    {
        get
        {
            var address = Url.Masked;
            var end = address.AsSpan().IndexOfAny('?', '#');
            return $"{Method} {(end < 0 ? address : address[..end])}";
        }
    }

    /// <summary>The request itself. To be called inside an effect only: it holds the secrets.</summary>
    public async ValueTask<HttpRequestMessage> BuildAsync(EffectId id, Func<IRunSecrets> secrets, ISet<string> revealed, CancellationToken cancellationToken)
    {
        var url = await Url.RevealAsync(secrets, Uri.EscapeDataString, revealed, cancellationToken);
        foreach (var (name, value) in Query)
        {
            url += $"{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(await value.RevealAsync(secrets, null, revealed, cancellationToken))}";
        }

        if (!RequestPlan.IsAddress(url))
        {
            throw new ComponentException(ErrorCodes.UrlInvalid, $"'{Url.Masked}' is no http or https address.", retryable: false);
        }

        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(url));
        if (Body is { } body)
        {
            var text = await body.Text.RevealAsync(secrets, EscapeInBody, revealed, cancellationToken);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType ?? $"{body.ContentType}; charset=utf-8");
        }

        foreach (var (name, value) in Headers)
        {
            Add(request, name, await value.RevealAsync(secrets, null, revealed, cancellationToken));
        }

        if (!request.Headers.Contains("Idempotency-Key"))
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", id.Value);
        }

        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (value.AsSpan().ContainsAny("\r\n\0"))
        {
            throw new ComponentException(ErrorCodes.HeaderInvalid, $"The header '{name}' would have a line end in it.", retryable: false);
        }

        if (request.Headers.TryAddWithoutValidation(name, value))
        {
            return;
        }

        // Content headers stand with the content; a request without one has no use for them.
        request.Content?.Headers.Remove(name);
        request.Content?.Headers.TryAddWithoutValidation(name, value);
    }
}
