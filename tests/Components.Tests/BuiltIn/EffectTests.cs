using System.Net;
using System.Text;
using System.Text.Json;
using Actors.Components.Services;
using Actors.Domain.Components;
using Microsoft.Extensions.Logging;

namespace Actors.Components.Tests.BuiltIn;

public sealed class EffectTests
{
    [Fact]
    public void Http_request_fills_in_escapes_and_parses()
    {
        var (process, http) = Http("""{"url":"https://example.com/items/{{id}}?a=1","query":{"q":"{{word}}"},"headers":{"X-Name":"{{word}}"}}""");
        http.Answer = () => Json("""{"ok":true}""");
        Assert.Equal(
            ["""{"status":200,"headers":{"content-type":"application/json; charset=utf-8"},"body":{"ok":true}}"""],
            process.Fire("""{"id":"a/b?c","word":"x y&z"}"""));
        Assert.Equal("GET https://example.com/items/a%2Fb%3Fc?a=1&q=x%20y%26z", http.Requests[0]);
        Assert.Equal("x y&z", http.Headers[0]["X-Name"]);
        Assert.Equal(["GET https://example.com/items/a%2Fb%3Fc"], process.Context.Effects);
    }

    [Fact]
    public void Http_request_takes_an_address_that_is_filled_in_whole()
    {
        var (process, http) = Http("""{"url":"{{$}}","response":"body"}""");
        http.Answer = () => new HttpResponseMessage { Content = new StringContent("hi") };
        Assert.Equal(["\"hi\""], process.Fire("\"http://example.com/a?b=c\""));
        Assert.Equal("GET http://example.com/a?b=c", http.Requests[0]);
        Assert.Equal("url_invalid", process.Fails("\"ftp://example.com\""));
        Assert.Equal("url_invalid", process.Fails("\"/relative\""));
    }

    [Fact]
    [Spec("EF-02", "EF-04")]
    public void Http_request_repeats_an_effect_with_the_same_key()
    {
        var (process, http) = Http("""{"method":"POST","url":"https://example.com/"}""");
        process.Context.BeforeOutcome = () => throw new IOException("The process died.");
        Assert.Throws<IOException>(() => process.Fire("1"));
        process.Context.BeforeOutcome = null;
        process.Context.Restart();
        process.Fire("1");
        process.Fire("2");
        Assert.Equal(http.Headers[0]["Idempotency-Key"], http.Headers[1]["Idempotency-Key"]);
        Assert.NotEqual(http.Headers[0]["Idempotency-Key"], http.Headers[2]["Idempotency-Key"]);
    }

    [Theory]
    [InlineData("""{"method":"POST","url":"https://example.com/"}""", """{"n":1}""", "application/json; charset=utf-8")]
    [InlineData("""{"method":"PUT","url":"https://example.com/","body":"n is {{n}}"}""", "n is 1", "text/plain; charset=utf-8")]
    [InlineData("""{"method":"POST","url":"https://example.com/","body":"[{{n}}]"}""", "[1]", "application/json; charset=utf-8")]
    [InlineData("""{"method":"POST","url":"https://example.com/","body":{"a":["{{n}} \"q\""],"b":2}}""", """{"a":["1 \u0022q\u0022"],"b":2}""", "application/json; charset=utf-8")]
    [InlineData("""{"method":"POST","url":"https://example.com/","body":"a=1","contentType":"application/x-www-form-urlencoded"}""", "a=1", "application/x-www-form-urlencoded")]
    public void Http_request_sends_a_body(string props, string body, string contentType)
    {
        var (process, http) = Http(props);
        process.Fire("""{"n":1}""");
        Assert.Equal(body, http.Bodies[0]);
        Assert.Equal(contentType, http.Headers[0]["Content-Type"]);
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(425, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    [Spec("FA-08")]
    public void Http_request_says_which_failures_another_attempt_may_mend(int status, bool retryable)
    {
        var (process, http) = Http("""{"url":"https://example.com/a?secret=1"}""");
        http.Answer = () => new HttpResponseMessage((HttpStatusCode)status) { Headers = { { "Retry-After", "7" } } };
        var exception = Assert.Throws<ComponentException>(() => process.Fire("1"));
        Assert.Equal(("http_status", retryable, TimeSpan.FromSeconds(7)), (exception.Code, exception.Retryable, exception.RetryAfter));
        Assert.Equal($"GET https://example.com/a was answered with {status}.", exception.Message);
    }

    [Theory]
    [InlineData("{}", EffectClass.Keyed)]
    [InlineData("""{"effects":"keyed"}""", EffectClass.Keyed)]
    [InlineData("""{"effects":"idempotent"}""", EffectClass.Idempotent)]
    [InlineData("""{"effects":"unsafe"}""", EffectClass.Unsafe)]
    public void Http_request_is_of_the_class_that_its_node_names(string props, EffectClass effects)
    {
        var component = TestProcess.Registry.Find("http.request")!;
        var settings = new ProcessSettings("node", component.Descriptor, JsonElement.Parse($$"""{"url":"https://example.com/",{{props[1..]}}""".Replace(",}", "}", StringComparison.Ordinal)), [1], [1, 1]);

        Assert.Equal(effects, Assert.IsAssignableFrom<IAsyncProcess>(component.Create(settings)).Effects);
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(429, false)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, false)]
    public void Http_request_says_after_which_answers_nobody_knows_whether_it_was_done(int status, bool unknown)
    {
        var (process, http) = Http("""{"method":"POST","url":"https://example.com/"}""");
        http.Answer = () => new HttpResponseMessage((HttpStatusCode)status);
        Assert.Equal(unknown, Assert.Throws<ComponentException>(() => process.Fire("1")).OutcomeUnknown);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, false)]
    [InlineData(HttpRequestError.NameResolutionError, false)]
    [InlineData(HttpRequestError.ResponseEnded, true)]
    [InlineData(HttpRequestError.Unknown, true)]
    public void Http_request_that_was_never_sent_leaves_no_doubt(HttpRequestError error, bool unknown)
    {
        var (process, http) = Http("""{"method":"POST","url":"https://example.com/"}""");
        http.Answer = () => throw new HttpRequestException(error);
        Assert.Equal(unknown, Assert.Throws<ComponentException>(() => process.Fire("1")).OutcomeUnknown);
    }

    [Fact]
    public void Http_request_keeps_its_secrets()
    {
        var (process, http) = Http("""
            {"method":"POST","url":"https://example.com/{{secret.KEY}}/x","headers":{"Authorization":"Bearer {{secret.KEY}}"},"body":{"key":"{{secret.KEY}}"}}
            """);
        process.Context.With<IRunSecrets>(new Secrets(("KEY", "s3cr3t/+")));
        http.Answer = () => Json("""{"echo":"s3cr3t/+"}""");
        var output = Assert.Single(process.Fire("""{"secret":{"KEY":"not this"}}"""));
        Assert.Equal("POST https://example.com/s3cr3t%2F%2B/x", http.Requests[0]);
        Assert.Equal("Bearer s3cr3t/+", http.Headers[0]["Authorization"]);
        Assert.Equal("s3cr3t/+", JsonElement.Parse(http.Bodies[0]!).GetProperty("key").GetString());
        Assert.DoesNotContain("s3cr3t", output, StringComparison.Ordinal);
        Assert.Equal(["POST https://example.com/***/x"], process.Context.Effects);

        http.Answer = () => throw new HttpRequestException("to https://example.com/s3cr3t");
        var exception = Assert.Throws<ComponentException>(() => process.Fire("1"));
        Assert.Equal("http_failed", exception.Code);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_cannot_name_a_secret_and_a_missing_one_fails()
    {
        var (process, http) = Http("""{"url":"https://example.com/","headers":{"X":"{{text}}"}}""");
        process.Context.With<IRunSecrets>(new Secrets(("KEY", "s3cr3t")));
        process.Fire("""{"text":"{{secret.KEY}}"}""");
        Assert.Equal("{{secret.KEY}}", http.Headers[0]["X"]);

        var (missing, _) = Http("""{"url":"https://example.com/{{secret.NONE}}"}""");
        missing.Context.With<IRunSecrets>(new Secrets());
        Assert.Equal("secret_missing", missing.Fails("1"));
    }

    [Fact]
    public void Http_request_has_limits_and_refuses_forged_headers()
    {
        var (process, http) = Http("""{"url":"https://example.com/","maximumBytes":10,"headers":{"X":"{{$}}"}}""");
        http.Answer = () => new HttpResponseMessage { Content = new StringContent("12345678901") };
        Assert.Equal("response_too_large", process.Fails("1"));
        Assert.Equal("header_invalid", process.Fails("\"a\\r\\nHost: evil\""));
    }

    [Fact]
    public void A_dry_run_sends_nothing()
    {
        var (process, http) = Http("""{"url":"https://example.com/{{$}}"}""");
        process.Context.DryRun = true;
        Assert.Equal(["""{"dryRun":true,"method":"GET","url":"https://example.com/1"}"""], process.Fire("1"));
        Assert.Empty(http.Requests);
    }

    [Fact]
    public void File_read_gives_text_json_or_the_entry()
    {
        var files = new Files { ["a.json"] = "\uFEFF{\"a\":1}" };
        Assert.Equal(["\"{\\u0022a\\u0022:1}\""], Reading("""{"path":"a.json"}""", files).Fire());
        Assert.Equal(["""{"a":1}"""], Reading("""{"path":"a.json","as":"json"}""", files).Fire());
        Assert.Equal(["""{"path":"a.json","contentType":"text/plain","size":10}"""], Reading("""{"path":"a.json","as":"file"}""", files).Fire());
        Assert.Equal("file_missing", Reading("""{"path":"none"}""", files).Fails());
        files.Put("bad", [0xFF, 0xFE, 0x00]);
        Assert.Equal("file_not_text", Reading("""{"path":"bad"}""", files).Fails());
        files["not.json"] = "{";
        Assert.Equal("json_invalid", Reading("""{"path":"not.json","as":"json"}""", files).Fails());
    }

    [Fact]
    public async Task File_read_streams_lines_of_one_version()
    {
        var files = new Files { ["lines"] = string.Join("\r\n", Enumerable.Range(0, 600)) + "\n" };
        var process = Reading("""{"path":"lines","as":"lines"}""", files);
        var reads = 0;
        files.Reads = () =>
        {
            reads++;
            files["lines"] = "changed";
        };
        var lines = await process.FireAsync();
        Assert.Equal(Enumerable.Range(0, 600).Select(n => $"\"{n}\""), lines);
        Assert.Equal((256, 1), (process.LargestPiece, reads));
        Assert.Equal(0, process.State.Count);
    }

    [Fact]
    public void File_write_writes_text_json_and_templates()
    {
        var files = new Files();
        Assert.Equal(["""{"path":"out/7.json"}"""], Writing("""{"path":"out/{{id}}.json"}""", files).Fire("""{"id":7}"""));
        Assert.Equal("""{"id":7}""", files["out/7.json"]);
        Assert.Equal("application/json", files.Types["out/7.json"]);
        Writing("""{"path":"a.txt","content":"<{{$}}>"}""", files).Fire("\"x\"");
        Assert.Equal("<x>", files["a.txt"]);
        Writing("""{"path":"b.txt"}""", files).Fire("\"plain\"");
        Assert.Equal("plain", files["b.txt"]);
    }

    [Fact]
    public void Appending_happens_once_whatever_a_crash_repeats()
    {
        var files = new Files { ["log"] = "0\n" };
        var process = Writing("""{"path":"log","append":true}""", files);
        process.Fire("1");
        process.Context.BeforeOutcome = () => throw new IOException("The process died.");
        Assert.Throws<IOException>(() => process.Fire("\"two\""));
        Assert.Equal("0\n1\ntwo\n", files["log"]);
        process.Context.BeforeOutcome = null;
        process.Context.Restart();
        process.Fire("\"two\"");
        process.Fire("\"two\"");
        Assert.Equal("0\n1\ntwo\ntwo\n", files["log"]);
    }

    [Fact]
    public void Notify_tells_and_passes_on()
    {
        var room = new Room();
        var process = new TestProcess("notify", """{"message":"Done: {{title}}","title":"Run","level":"success","to":["usr_1"]}""");
        process.Context.With<IRunRoom>(room);
        Assert.Equal(["""{"title":"x"}"""], process.Fire("""{"title":"x"}"""));
        Assert.Equal(["success Run Done: x usr_1"], room.Told);
    }

    [Fact]
    public void Log_writes_a_line_and_passes_on()
    {
        var process = new TestProcess("log", """{"message":"n = {{n}}","level":"warning"}""");
        Assert.Equal(["""{"n":1}"""], process.Fire("""{"n":1}"""));
        Assert.Equal([(LogLevel.Warning, "n = 1")], process.Last.Lines);
        var plain = new TestProcess("log", "{}");
        plain.Fire("\"text\"");
        Assert.Equal([(LogLevel.Information, "text")], plain.Last.Lines);
    }

    [Fact]
    public void Metrics_counts_once_and_passes_on()
    {
        var metrics = new Metrics();
        var process = new TestProcess("metrics", """{"name":"items","kind":"histogram","value":"$.n * 2","tags":{"kind":"{{kind}}"}}""");
        process.Context.With<IRunMetrics>(metrics);
        Assert.Equal(["""{"n":2,"kind":"a"}"""], process.Fire("""{"n":2,"kind":"a"}"""));
        Assert.Equal(["histogram items 4 kind=a"], metrics.Recorded);
        Assert.Equal("not_number", process.Fails("""{"n":[1]}"""));
    }

    [Theory]
    [InlineData("http.request", """{"url":"not an address"}""", "props.url: must be an absolute http or https address")]
    [InlineData("http.request", """{"url":"https://example.com/{{#if a}}{{secret.A}}{{/if}}"}""", "props.url: a secret stands by itself")]
    [InlineData("http.request", """{"url":"https://example.com","headers":{"Host":"x"}}""", "props.headers.Host: is no header that a request may set")]
    [InlineData("http.request", """{"url":"https://example.com","headers":{"a b":"x"}}""", "props.headers.a b: is no header that a request may set")]
    [InlineData("http.request", """{"url":"https://example.com","headers":{"A":1}}""", "props.headers.A: must be text")]
    [InlineData("http.request", """{"url":"https://example.com","query":{"A":"{{"}}""", "props.query.A: ")]
    [InlineData("http.request", """{"url":"https://example.com","body":{"a":"{{#if}}"}}""", "props.body: ")]
    [InlineData("http.request", """{"url":"https://example.com","contentType":"nonsense"}""", "props.contentType: must be a media type")]
    [InlineData("file.write", """{"path":"{{"}""", "props.path: ")]
    [InlineData("file.read", "{}", "props.path: is required")]
    [InlineData("notify", """{"message":"{{"}""", "props.message: ")]
    [InlineData("log", """{"message":"{{"}""", "props.message: ")]
    [InlineData("metrics", """{"name":"1st"}""", "props.name: must have")]
    [InlineData("metrics", """{"name":"a","value":true}""", "props.value: must be an expression or a number")]
    [InlineData("metrics", """{"name":"a","tags":{"b":1}}""", "props.tags.b: must be text")]
    public void Wrong_properties_are_refused_with_path_and_rule(string id, string props, string message) =>
        Assert.StartsWith(message, TestProcess.Refused(id, props), StringComparison.Ordinal);

    private static (TestProcess Process, Server Http) Http(string props)
    {
        var process = new TestProcess("http.request", props);
        var http = new Server();
        process.Context.With<IOutboundHttp>(http);
        return (process, http);
    }

    private static TestProcess Reading(string props, Files files)
    {
        var process = new TestProcess("file.read", props);
        process.Context.With<IRunFiles>(files);
        return process;
    }

    private static TestProcess Writing(string props, Files files)
    {
        var process = new TestProcess("file.write", props);
        process.Context.With<IRunFiles>(files);
        return process;
    }

    private static HttpResponseMessage Json(string text) => new() { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private sealed class Server : IOutboundHttp
    {
        public List<string> Requests { get; } = [];

        public List<string?> Bodies { get; } = [];

        public List<Dictionary<string, string>> Headers { get; } = [];

        public Func<HttpResponseMessage> Answer { get; set; } = () => Json("null");

        public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add($"{request.Method} {request.RequestUri!.AbsoluteUri}");
            Bodies.Add(request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken));
            Headers.Add(request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value)));
            return Answer();
        }
    }

    private sealed class Secrets(params (string Name, string Value)[] secrets) : IRunSecrets
    {
        public ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken) =>
            ValueTask.FromResult(secrets.Where(secret => secret.Name == name).Select(secret => secret.Value).FirstOrDefault());
    }

    private sealed class Files : IRunFiles
    {
        private readonly Dictionary<string, byte[]> _contents = [];

        public Action? Reads { get; set; }

        public Dictionary<string, string> Types { get; } = [];

        public string this[string path]
        {
            get => Encoding.UTF8.GetString(_contents[path]);
            set => _contents[path] = Encoding.UTF8.GetBytes(value);
        }

        public void Put(string path, byte[] content) => _contents[path] = content;

        public ValueTask<RunFile?> ReadAsync(string path, CancellationToken cancellationToken)
        {
            var file = _contents.TryGetValue(path, out var content) ? new RunFile(path, "text/plain", content) : null;
            Reads?.Invoke();
            return ValueTask.FromResult(file);
        }

        public ValueTask<Token> WriteAsync(string path, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
        {
            _contents[path] = content.ToArray();
            Types[path] = contentType;
            return ValueTask.FromResult(Token.Of(JsonElement.Parse($$"""{"path":"{{path}}"}""")));
        }
    }

    private sealed class Room : IRunRoom
    {
        public List<string> Told { get; } = [];

        public ValueTask NotifyAsync(EffectId id, RunNotification notification, CancellationToken cancellationToken)
        {
            Told.Add($"{notification.Level} {notification.Title} {notification.Message} {string.Join(',', notification.Accounts)}");
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Metrics : IRunMetrics
    {
        public List<string> Recorded { get; } = [];

        public void Record(string kind, string name, double value, IReadOnlyDictionary<string, string> tags) =>
            Recorded.Add($"{kind} {name} {value} {string.Join(',', tags.Select(tag => $"{tag.Key}={tag.Value}"))}");
    }
}
