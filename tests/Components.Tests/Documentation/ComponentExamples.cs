using System.Text;
using System.Text.Json;
using Actors.Components.Services;

namespace Actors.Components.Tests.Documentation;

/// <summary>One example of each component that <c>docs/components.md</c> shows and a test runs.</summary>
/// <param name="Props">The node's properties; the descriptor's own example when null.</param>
/// <param name="Tokens">Tokens of the input, one firing each; all in one firing where the component collects or has no input.</param>
/// <param name="Outputs">What leaves, with the port's name before it unless it is <c>out</c>.</param>
internal sealed record ComponentExample(string Id, string? Props, string[] Tokens, string[] Outputs)
{
    public static IReadOnlyList<ComponentExample> All { get; } =
    [
        new("input", null, [], ["\"cats\""]),
        new("constant", null, [], ["\"hello\""]),
        new("range", """{"from":1,"to":4}""", [], ["1", "2", "3", "4"]),
        new("schedule", null, [], ["""{"time":"2024-05-06T09:00:00Z","number":1}"""]),
        new("webhook", null, [], ["""{"method":"POST","path":"/hooks","contentType":"application/json","headers":{},"query":{},"body":{"a":1}}"""]),
        new("file.read", null, [], ["\"{}\""]),
        new("filter", null, ["""{"score":0.9}""", """{"score":0.1}"""], ["""{"score":0.9}""", """rejected: {"score":0.1}"""]),
        new("switch", null, ["""{"kind":"a"}""", """{"kind":"b"}"""], ["""case1: {"kind":"a"}""", """default: {"kind":"b"}"""]),
        new("merge", null, ["1", "2"], ["1", "2"]),
        new("zip", """{"fields":["n"]}""", ["1"], ["""{"n":1}"""]),
        new("split", null, ["""{"items":[1,2]}"""], ["1", "2"]),
        new("collect", null, ["1", "2", "3"], ["[1,2,3]"]),
        new("window", """{"count":2}""", ["1", "2", "3", "4"], ["[1,2]", "[3,4]"]),
        new("delay", null, ["1"], ["1"]),
        new("throttle", null, ["1", "2"], ["1", "2"]),
        new("approval", null, ["\"draft\""], ["\"draft\""]),
        new("design", null, ["\"cats\""], ["""{"result":[1]}"""]),
        new("fail", null, ["1"], []),
        new("output", null, ["1"], []),
        new("template", null, ["""{"name":"Ada"}"""], ["\"Hello Ada\""]),
        new("select", null, ["""{"user":{"name":"Ada"}}"""], ["\"Ada\""]),
        new("map", null, ["""{"user":{"name":"Ada","age":36}}"""], ["""{"name":"Ada"}"""]),
        new("aggregate", """{"operation":"sum","field":"$.amount","groupBy":"$.kind"}""", ["""{"kind":"a","amount":1}""", """{"kind":"b","amount":2}""", """{"kind":"a","amount":"3.5"}"""],
            ["""[{"key":"a","value":4.5,"count":2},{"key":"b","value":2,"count":1}]"""]),
        new("sort", null, ["""{"name":"b"}""", """{"name":"a"}"""], ["""{"name":"a"}""", """{"name":"b"}"""]),
        new("distinct", null, ["""{"id":1}""", """{"id":1}""", """{"id":2}"""], ["""{"id":1}""", """{"id":2}"""]),
        new("validate", null, ["{}", "7"], ["{}", """invalid: {"token":7,"errors":[{"path":"","keyword":"type","message":"must be of type object"}]}"""]),
        new("json.parse", null, ["\"[1, 2]\""], ["[1, 2]"]),
        new("csv.parse", null, ["\"name,age\\nAda,36\\nBob,41\\n\""], ["""{"name":"Ada","age":"36"}""", """{"name":"Bob","age":"41"}"""]),
        new("text.split", """{"by":"words","size":9}""", ["\"one two three four\""], ["\"one two\"", "\"three\"", "\"four\""]),
        new("http.request", null, ["""{"id":7}"""], ["""{"status":200,"headers":{"content-type":"application/json; charset=utf-8"},"body":{"id":7}}"""]),
        new("file.write", null, ["\"done\""], ["""{"path":"out/result.txt","size":4}"""]),
        new("notify", null, ["""{"title":"Report"}"""], ["""{"title":"Report"}"""]),
        new("log", null, ["1"], ["1"]),
        new("metrics", null, ["1"], ["1"]),
        new("ai.prompt", null, ["""{"text":"…"}"""], ["\"The reply.\""]),
        new("ai.extract", null, ["\"Ada is 36.\""], ["{}"]),
        new("ai.classify", null, ["\"It crashes.\""], ["""{"category":"bug","confidence":0.9}"""]),
        new("ai.summarize", null, ["\"A long text.\""], ["\"The reply.\""]),
        new("ai.agent", null, ["""{"topic":"cats"}"""], ["\"The reply.\""]),
    ];

    public static ComponentExample Of(string id) => All.Single(example => example.Id == id);

    public string PropsText => Props ?? TestProcess.Registry.Find(Id)!.Descriptor.Example!.Value.GetRawText();

    /// <summary>Runs it with an outside that answers as the example says.</summary>
    public string[] Run()
    {
        var inputs = new Dictionary<string, IReadOnlyList<Token>> { ["topic"] = [Token.Of("cats")] };
        if (Id is "webhook" or "schedule")
            inputs["node"] = [Token.Of(JsonElement.Parse(Outputs[0]))];

        var process = new TestProcess(Id, PropsText, inputs);
        var outside = new Outside(Id);
        process.Context.With<IRunFiles>(outside).With<IOutboundHttp>(outside).With<IRunRoom>(outside).With<IRunMetrics>(outside).With<IRunModels>(outside).With<IRunStarter>(outside);
        process.Context.Answer = Token.Of(JsonElement.Parse("""{"approved":true,"status":"completed","outputs":{"result":[1]}}"""));
        if (Id == "fail")
        {
            Assert.Equal("run_failed", process.Fails(Tokens));
            return [];
        }

        return process.Component.Descriptor.Rule is Domain.Components.FiringRule.Collect or Domain.Components.FiringRule.Source
            ? process.Fire(Tokens)
            : [.. Tokens.SelectMany(token => process.Fire(token))];
    }

    private sealed class Outside(string id) : IRunFiles, IOutboundHttp, IRunRoom, IRunMetrics, IRunModels, IRunStarter
    {
        public ValueTask<RunFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
            ValueTask.FromResult<RunFile?>(new RunFile(path, "application/json", "{}"u8.ToArray()));

        public ValueTask<Token> WriteAsync(string path, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken) =>
            ValueTask.FromResult(Token.Of(JsonElement.Parse($$"""{"path":"{{path}}","size":{{content.Length}}}""")));

        public ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new HttpResponseMessage { Content = new StringContent("""{"id":7}""", Encoding.UTF8, "application/json") });

        public ValueTask NotifyAsync(EffectId effect, RunNotification notification, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public void Record(string kind, string name, double value, IReadOnlyDictionary<string, string> tags)
        {
        }

        public ValueTask<ModelReply> AskAsync(ModelRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new ModelReply(
            id switch
            {
                "ai.extract" => "{}",
                "ai.classify" => """{"category":"bug","confidence":0.9}""",
                _ => "The reply.",
            },
            "test/model",
            1,
            1,
            0));

        public ValueTask StartRunAsync(
            OutsideWait wait, string designId, long? revision, IReadOnlyDictionary<string, IReadOnlyList<Token>> inputs, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
