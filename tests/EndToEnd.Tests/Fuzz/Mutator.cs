using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>Spoils a good request, in one way or in several.</summary>
internal sealed class Mutator(FuzzWorld world)
{
    private const double UntouchedShare = 0.35;
    private const string Mark = "@@here@@";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY", "get", "FOO"];

    private static readonly string[] MediaTypes =
    [
        "text/plain", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/merge-patch+json", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded",
        "application/octet-stream", "application/zip", "*/*", ";", "json", "application/json;;;", "application/JSON; charset=\"utf-8\"", "text/html; charset=iso-8859-1",
    ];

    private static readonly string[] PathTexts =
    [
        "%2F", "%2e%2e", "..", ".", "%252e", "%ff%fe", "%c0%ae", "%E2%80%AE", "%20", "+", "a%0d%0ab", "%F0%9F%98%80", ";a=b", "%7B%7D", "~", "%25", "0", "-1", "null", "%5C",
    ];

    private static readonly (string Name, string Value)[] HeaderValues =
    [
        ("If-Match", "*"), ("If-Match", "\"1\""), ("If-Match", "W/\"1\""), ("If-Match", "garbage"), ("If-Match", "\"a\", \"b\""), ("If-Match", ""), ("If-Match", "\"99999999999999999999999\""),
        ("If-None-Match", "*"), ("If-None-Match", "garbage"), ("If-None-Match", "\"1\", W/\"2\""), ("If-Modified-Since", "yesterday"), ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"), ("If-Range", "\"1\""),
        ("Idempotency-Key", ""), ("Idempotency-Key", "k"), ("Idempotency-Key", "a b"), ("Idempotency-Key", "ключ"),
        ("Range", "bytes=0-"), ("Range", "bytes=-1"), ("Range", "bytes=5-2"), ("Range", "bytes=0-0,2-2,4-4"), ("Range", "bytes=99999999999999999999-"), ("Range", "pages=1"), ("Range", "bytes="),
        ("Accept", "text/event-stream"), ("Accept", "application/xml"), ("Accept", "*/*;q=0"), ("Accept", "garbage"), ("Accept", ""), ("Accept", "application/json;q=2"), ("Accept", "text/csv"),
        ("Accept-Encoding", "gzip, br, zstd;q=nonsense"), ("Accept-Language", "xx"), ("Content-Encoding", "gzip"), ("Content-Encoding", "nonsense"), ("Content-Language", "de"),
        ("X-Request-Id", "über"), ("X-Request-Id", ""), ("X-Request-Id", "<script>"), ("X-Forwarded-For", "999.1.1.1, ::1"), ("X-Forwarded-Proto", "gopher"), ("Forwarded", "for=\"_x\""),
        ("Authorization", ""), ("Authorization", "Bearer"), ("Authorization", "Basic YTpi"), ("Authorization", "Bearer a.b.c"), ("Authorization", "Bearer act_nonsense"), ("Authorization", "bearer  x"),
        ("Last-Event-ID", "garbage"), ("Last-Event-ID", "a:-1"), ("Last-Event-ID", ":"), ("Origin", "null"), ("Origin", "https://evil.example"), ("Cookie", "a=b; c"), ("Host", "evil.example"),
        ("X-HTTP-Method-Override", "DELETE"), ("Expect", "100-continue"), ("Upgrade", "h2c"), ("Connection", "close"), ("traceparent", "00-zz-zz-zz"), ("tracestate", "=,,="), ("baggage", "a=%ff"),
        ("X-Signature-256", "sha256=zz"), ("X-Delivery-Id", "d"), ("Prefer", "return=minimal"), ("TE", "trailers"), ("Max-Forwards", "0"), ("Sec-WebSocket-Key", "x"), ("DNT", "1"),
    ];

    /// <summary>Kestrel answers for these before anything of the product sees them.</summary>
    private static readonly (string Name, string Value)[] BrokenHeaders =
    [
        ("Content-Length", "nonsense"), ("Content-Length", "-1"), ("Transfer-Encoding", "nonsense"), ("Bad Name", "x"), ("X-Nul", "a\0b"), ("Host", "a b"), ("", "x"),
    ];

    public void Mutate(FuzzRequest request, Random random)
    {
        if (random.NextDouble() >= UntouchedShare)
        {
            do
                MutateOnce(request, random);
            while (random.Next(3) == 0);
        }

        KeepScene(request);
    }

    private void MutateOnce(FuzzRequest request, Random random)
    {
        switch (random.Next(request.Body is null ? 5 : 12))
        {
            case 0:
                Note(request, "path", () => MutatePath(request, random));
                break;
            case 1:
                Note(request, "query", () => MutateQuery(request, random));
                break;
            case 2 or 3:
                Note(request, "header", () => MutateHeader(request, random));
                break;
            case 4:
                Note(request, "method", () => MutateMethod(request, random));
                break;
            case 5:
                Note(request, "media type", () => request.Set("Content-Type", MediaTypes[random.Next(MediaTypes.Length)]));
                break;
            case 6:
                Note(request, "bytes", () => MutateBytes(request, random));
                break;
            default:
                Note(request, "json", () => MutateJson(request, random));
                break;
        }
    }

    private static void Note(FuzzRequest request, string what, Action mutate)
    {
        request.Mutations.Add(what);
        mutate();
    }

    private void MutatePath(FuzzRequest request, Random random)
    {
        var cut = request.Target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = cut < 0 ? (request.Target, "") : (request.Target[..cut], request.Target[cut..]);
        var segments = path.Split('/');
        var at = random.Next(1, segments.Length);
        request.BreaksProtocol |= random.Next(50) == 0;
        segments[at] = request.BreaksProtocol ? "%00" : random.Next(5) switch
        {
            0 => segments[at].ToUpperInvariant(),
            1 => segments[at] + PathTexts[random.Next(PathTexts.Length)],
            2 when request.Operation is { } operation && !RequestMaker.IsDestructive(operation) => world.AnyIdentifier(random),
            3 => new string('p', random.Next(1, 3_000)),
            _ => PathTexts[random.Next(PathTexts.Length)],
        };
        request.Target = string.Join('/', segments) + query;
        request.Operation = null;
    }

    private static void MutateQuery(FuzzRequest request, Random random)
    {
        var parameter = random.Next(7) switch
        {
            0 => "unknown=1",
            1 => $"limit={Uri.EscapeDataString(OddValues.Json(random)[..1])}",
            2 => $"cursor={new string('A', random.Next(1, 400))}",
            3 => "sort=-%00",
            4 => "search=" + new string('s', random.Next(1, 500)),
            5 => "%ff=%fe&&=&a=1&a=2",
            _ => "limit=0&limit=101",
        };
        request.Target += (request.Target.Contains('?', StringComparison.Ordinal) ? "&" : "?") + parameter;
    }

    private static void MutateHeader(FuzzRequest request, Random random)
    {
        switch (random.Next(20))
        {
            case 0:
                var (broken, nonsense) = BrokenHeaders[random.Next(BrokenHeaders.Length)];
                request.Set(broken, nonsense);
                request.BreaksProtocol = true;
                break;
            case 1:
                request.Set("X-Long", new string('h', random.Next(1_000, 40_000)));
                request.BreaksProtocol = true;
                break;
            case 2:
                request.Headers.RemoveAll(header => header.Name == "Content-Type");
                break;
            case 3:
                request.Set("Idempotency-Key", new string('k', random.Next(200, 300)));
                break;
            case 4 when request.Headers.Count > 0:
                var twice = request.Headers[random.Next(request.Headers.Count)];
                request.BreaksProtocol |= twice.Name is "Host" or "Content-Length" or "Transfer-Encoding";
                request.Headers.Add(twice);
                break;
            default:
                var (name, value) = HeaderValues[random.Next(HeaderValues.Length)];
                request.Set(name, value);
                break;
        }
    }

    private static void MutateMethod(FuzzRequest request, Random random)
    {
        request.Method = Methods[random.Next(Methods.Length)];
        request.Operation = null;
    }

    private static void MutateBytes(FuzzRequest request, Random random)
    {
        var body = request.Body!;
        request.Body = random.Next(8) switch
        {
            0 => [],
            1 => body[..random.Next(body.Length + 1)],
            2 => [.. body, .. body],
            3 => [0xEF, 0xBB, 0xBF, .. body],
            4 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body)),
            5 => [.. body, 0xff, 0x00, 0xc0],
            6 when random.Next(20) == 0 => [.. body, .. new byte[2 << 20]],
            _ => Flipped(body, random),
        };
    }

    private static byte[] Flipped(byte[] body, Random random)
    {
        byte[] flipped = body.Length == 0 ? [0] : [.. body];
        flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
        return flipped;
    }

    private static void MutateJson(FuzzRequest request, Random random)
    {
        try
        {
            request.Body = Encoding.UTF8.GetBytes(Mutated(request.Body!, random));
        }
        catch (Exception spoilt) when (spoilt is JsonException or ArgumentException or InvalidOperationException)
        {
            // An earlier mutation has left no JSON, or names that are there twice, or half a character: bad enough.
        }
    }

    private static string Mutated(byte[] body, Random random)
    {
        var root = JsonNode.Parse(body);
        var places = new List<(JsonNode Parent, string? Name, int Index)>();
        Collect(root, places);

        // The whole is as good a place as any of its parts.
        var text = $"\"{Mark}\"";
        if (places.Count > 0 && random.Next(places.Count + 1) > 0)
        {
            Change(places[random.Next(places.Count)], random);
            text = root!.ToJsonString();
        }

        return text.Replace($"\"{Mark}\"", OddValues.Json(random), StringComparison.Ordinal);
    }

    private static void Change((JsonNode Parent, string? Name, int Index) place, Random random)
    {
        if (place.Parent is JsonArray items)
        {
            items[place.Index] = random.Next(4) == 0 ? items[place.Index]?.DeepClone() : JsonValue.Create(Mark);
            return;
        }

        var members = place.Parent.AsObject();
        switch (random.Next(5))
        {
            case 0:
                members.Remove(place.Name!);
                break;
            case 1:
                members[OddValues.Text(random)] = Mark;
                break;
            case 2:
                members[place.Name!] = OddValues.Text(random);
                break;
            default:
                members[place.Name!] = Mark;
                break;
        }
    }

    private static void Collect(JsonNode? node, List<(JsonNode Parent, string? Name, int Index)> places)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                places.Add((members, name, 0));
                Collect(value, places);
            }
        }
        else if (node is JsonArray items)
        {
            for (var i = 0; i < items.Count; i++)
            {
                places.Add((items, null, i));
                Collect(items[i], places);
            }
        }
    }

    /// <summary>Whatever was made of a request, it does not delete what the others are about.</summary>
    private void KeepScene(FuzzRequest request)
    {
        var path = request.Target.Split('?')[0].TrimEnd('/');
        var deletesScene = path.EndsWith(world.ProjectId, StringComparison.OrdinalIgnoreCase) || path.EndsWith(world.Wireframe, StringComparison.OrdinalIgnoreCase) || path.EndsWith(world.Process, StringComparison.OrdinalIgnoreCase);
        if (deletesScene && request.Method.Equals("DELETE", StringComparison.OrdinalIgnoreCase))
            (request.Method, request.Operation) = ("GET", null);
    }
}
