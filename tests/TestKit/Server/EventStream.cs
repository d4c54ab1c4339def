using System.Net.Http.Headers;
using System.Text.Json;

namespace Actors.TestKit.Server;

/// <summary>One server-sent event.</summary>
public sealed record StreamedEvent(string Id, JsonElement Frame)
{
    public string Kind => Frame.GetProperty("kind").GetString()!;
}

/// <summary>A stream of server-sent events, as a browser would follow it.</summary>
public sealed class EventStream : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventStream(HttpClient http, HttpResponseMessage response, Stream body)
    {
        _http = http;
        _response = response;
        _lines = new StreamReader(body);
    }

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="lastEventId">The id of the last event that a client had which comes back.</param>
    /// <exception cref="ApiException">The server answers something else.</exception>
    public static async Task<EventStream> OpenAsync(Uri server, string path, string? token, string? lastEventId = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(server, "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            return new EventStream(http, response, await response.Content.ReadAsStreamAsync());

        using (http)
        using (response)
            throw new ApiException($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    /// <exception cref="TimeoutException">Nothing came within <paramref name="within"/>.</exception>
    public async Task<StreamedEvent?> NextAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        var (id, data) = ("", "");
        try
        {
            while (await _lines.ReadLineAsync(deadline.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    id = line[4..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    data = line[6..];
                else if (line.Length == 0)
                    return new StreamedEvent(id, JsonElement.Parse(data));
            }

            return null;
        }
        catch (OperationCanceledException waited)
        {
            throw new TimeoutException($"No event within {within}.", waited);
        }
    }

    /// <summary>The last frame, when everything before it has come.</summary>
    /// <exception cref="ApiException">The stream ended without one.</exception>
    public async Task<JsonElement> EndAsync(TimeSpan within)
    {
        StreamedEvent? last = null;
        while (await NextAsync(within) is { } next)
            last = next;

        return last is { Kind: "end" } ? last.Frame : throw new ApiException($"The last event is {last?.Frame.GetRawText() ?? "none"}, and no end.");
    }

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
