using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Walkthrough;

/// <summary>Sends the requests of a <c>.http</c> file one after the other, as somebody does who clicks through it.</summary>
internal sealed partial class HttpFileRunner(HttpFile file, Uri server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Dictionary<string, (JsonNode? Body, HttpResponseMessage Response)> _answers = new(StringComparer.Ordinal);

    public async Task RunAsync()
    {
        foreach (var request in file.Requests)
        {
            if (request.Until is not { } until)
                await SendAsync(request);
            else
                await Eventually.HoldsAsync(async () => (string?)At(await SendAsync(request), until.Path) == until.Value, Deadlines.Answer, $"{until.Path} of {request.Address} is {until.Value}");
        }
    }

    public void Dispose()
    {
        foreach (var (_, response) in _answers.Values)
            response.Dispose();

        _http.Dispose();
    }

    private async Task<JsonNode?> SendAsync(HttpFileRequest request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), Fill(request.Address));
        if (request.Body is not null)
            message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Fill(request.Body)));

        foreach (var (name, value) in request.Headers)
        {
            if (name == "Content-Type")
                message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(Fill(value));
            else
                Assert.True(message.Headers.TryAddWithoutValidation(name, Fill(value)), $"{name} is no header of a request.");
        }

        var response = await _http.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        var isAsSaid = request.Refused is { } status ? (int)response.StatusCode == status : response.IsSuccessStatusCode;
        Assert.True(isAsSaid, $"{request.Method} {message.RequestUri} was answered {(int)response.StatusCode}: {text}");
        var body = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) is true ? JsonNode.Parse(text) : null;
        if (request.Name is not null)
            _answers[request.Name] = (body, response);

        return body;
    }

    /// <summary>Puts variables in: those of the head, and parts of answers. A value may itself name a variable.</summary>
    private string Fill(string text) => Reference().Replace(text, match => Fill(Value(match.Groups["name"].Value)));

    private string Value(string reference)
    {
        if (reference == "base")
            return server.ToString().TrimEnd('/');

        if (file.Variables.TryGetValue(reference, out var variable))
            return variable;

        var parts = reference.Split('.', 4);
        var (body, response) = _answers[parts[0]];
        return (parts[1], parts[2]) switch
        {
            ("response", "body") => At(body, parts[3])?.ToString() ?? throw new InvalidOperationException($"{reference} is not in {body?.ToJsonString()}."),
            ("response", "headers") => response.Headers.GetValues(parts[3]).Single(),
            _ => throw new InvalidOperationException($"{reference} is neither of the body nor of the headers."),
        };
    }

    /// <summary>What stands at <c>$.items[0].id</c>; null where nothing does.</summary>
    private static JsonNode? At(JsonNode? body, string path)
    {
        foreach (Match step in Step().Matches(path))
        {
            body = step.Groups["index"] is { Success: true } index
                ? (body as JsonArray)?.ElementAtOrDefault(int.Parse(index.ValueSpan, System.Globalization.CultureInfo.InvariantCulture))
                : body?[step.Groups["name"].Value];
        }

        return body;
    }

    [GeneratedRegex(@"\{\{(?<name>[^}]+)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\.(?<name>\w+)|\[(?<index>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
