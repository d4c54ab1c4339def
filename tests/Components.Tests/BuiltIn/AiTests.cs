using System.Text.Json;
using Actors.Components.Services;
using Actors.Domain.Agents;

namespace Actors.Components.Tests.BuiltIn;

public sealed class AiTests
{
    [Fact]
    public void A_prompt_is_filled_in_and_its_settings_go_with_it()
    {
        var (process, models) = Make("ai.prompt", """{"prompt":"Say {{word}}","model":"a/b","models":["c/d","a/b"],"system":"Be kind.","temperature":0.5,"maximumTokens":9,"budget":1.5,"cache":false}""", "hello");
        Assert.Equal(["\"hello\""], process.Fire("""{"word":"hi"}"""));
        var request = Assert.Single(models.Requests);
        Assert.Equal(("Be kind.", "Say hi", 0.5, 9, 1.5m, false), (request.System, request.Prompt, request.Temperature, request.MaximumTokens, request.Budget, request.Cache));
        Assert.Equal(["a/b", "c/d"], request.Models);
    }

    [Fact]
    [Spec("DU-05")]
    public async Task A_reply_is_paid_for_once()
    {
        var (process, models) = Make("ai.prompt", """{"prompt":"x"}""", "first", "second");
        var firing = new TestFiring(FiringTrigger.Tokens, 1, [Token.Null], process.Now, process.State);
        var component = (IAsyncProcess)process.Component.Create(new ProcessSettings("node", process.Component.Descriptor, JsonElement.Parse("""{"prompt":"x"}"""), [1], [1, 1]));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            process.Context.Restart();
            await foreach (var output in component.Execute(firing, process.Context, CancellationToken.None))
                Assert.Equal(Token.Of("first"), output.Token);
        }

        Assert.Single(models.Requests);
    }

    [Theory]
    [InlineData("""{"name":"Ada"}""")]
    [InlineData("```json\n{\"name\":\"Ada\"}\n```")]
    [InlineData("Here it is: {\"name\":\"Ada\"} as you asked.")]
    public void Extracted_data_is_found_in_the_reply_and_fits_the_schema(string reply)
    {
        var (process, models) = Make("ai.extract", """{"schema":{"type":"object","required":["name"]},"instructions":"Names only."}""", reply);
        Assert.Equal(["""{"name":"Ada"}"""], process.Fire("\"I am Ada.\""));
        Assert.True(TaskPrompt.TryRead(models.Requests[0].Prompt, out var task));
        Assert.Equal(("extract", "Names only.", "I am Ada."), (task.Task, task.Find("Instructions"), task.Text));
        Assert.Equal("""{"type":"object","required":["name"]}""", models.Requests[0].Schema!.ToString());
    }

    [Fact]
    public void A_reply_that_does_not_fit_is_sent_back_once()
    {
        const string props = """{"schema":{"type":"object","required":["name"]}}""";
        var (process, models) = Make("ai.extract", props, "{}", """{"name":"Ada"}""");
        Assert.Equal(["""{"name":"Ada"}"""], process.Fire("\"I am Ada.\""));
        Assert.Contains("must have the member 'name'", models.Requests[1].Prompt, StringComparison.Ordinal);

        var (hopeless, again) = Make("ai.extract", props, "no", "still no", """{"name":"too late"}""");
        Assert.Equal("answer_invalid", hopeless.Fails("\"x\""));
        Assert.Equal(2, again.Requests.Count);
    }

    [Fact]
    public void A_category_is_always_one_of_the_nodes()
    {
        var (process, models) = Make("ai.classify", """{"categories":["bug","question"]}""", """{"category":"banana","confidence":1}""", """{"category":"bug","confidence":0.9}""");
        Assert.Equal(["""{"category":"bug","confidence":0.9}"""], process.Fire("\"It crashes.\""));
        Assert.True(TaskPrompt.TryRead(models.Requests[0].Prompt, out var task));
        Assert.Equal(("classify", "bug | question", "It crashes."), (task.Task, task.Find("Categories"), task.Text));

        var (several, _) = Make("ai.classify", """{"categories":["a","b"],"multiple":true}""", """{"categories":["a","b"],"confidence":0.4}""");
        Assert.Equal(["""{"categories":["a","b"],"confidence":0.4}"""], several.Fire("\"x\""));
    }

    [Fact]
    public void A_summary_is_asked_for_in_so_many_words()
    {
        var (process, models) = Make("ai.summarize", """{"maximumWords":12,"style":"dry","prompt":"{{text}}"}""", "Short.");
        Assert.Equal(["\"Short.\""], process.Fire("""{"text":"Long\ntext: yes"}"""));
        Assert.True(TaskPrompt.TryRead(models.Requests[0].Prompt, out var task));
        Assert.Equal(("summarize", "12", "dry", "Long\ntext: yes"), (task.Task, task.Find("Words"), task.Find("Style"), task.Text));
    }

    [Fact]
    public void An_agent_is_asked_with_its_own_prompt_and_the_token_as_data()
    {
        var (process, models) = Make("ai.agent", """{"agent":"research","task":"Find {{topic}}","maximumTokens":50,"budget":2}""", "Three.");
        Assert.Equal(["\"Three.\""], process.Fire("""{"topic":"cats"}"""));
        var request = Assert.Single(models.Requests);
        Assert.Equal(BuiltInAgents.Find("research")!.System, request.System);
        Assert.Equal(BuiltInAgents.Find("research")!.Models, request.Models);
        Assert.Equal((50, 2m), (request.MaximumTokens, request.Budget));
        Assert.True(TaskPrompt.TryRead(request.Prompt, out var task));
        Assert.Equal(("agent", "research", "Find cats", """{"topic":"cats"}"""), (task.Task, task.Find("Agent"), task.Find("What to do"), task.Text));
    }

    [Fact]
    public void A_node_says_more_to_its_agent_and_of_whom_it_is_asked()
    {
        var (process, models) = Make("ai.agent", """{"agent":"code","input":"Sort {{n}}","system":"In Pascal.","model":"a/b"}""", "begin end.");
        process.Fire("""{"n":7}""");
        Assert.Equal($"{BuiltInAgents.Find("code")!.System}\n\nIn Pascal.", models.Requests[0].System);
        Assert.Equal(["a/b"], models.Requests[0].Models);
        Assert.EndsWith("Sort 7", models.Requests[0].Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_recorded_is_not_asked_for_again()
    {
        var (process, models) = Make("ai.agent", """{"agent":"qa"}""", "One.", "Two.");
        var processes = (IAsyncProcess)process.Component.Create(new ProcessSettings("node", process.Component.Descriptor, JsonElement.Parse("""{"agent":"qa"}"""), [1], [1, 1]));
        for (var start = 0; start < 2; start++)
        {
            process.Context.Restart();
            var firing = new TestFiring(FiringTrigger.Tokens, 1, [Token.Of("x")], process.Now, process.State);
            await foreach (var output in processes.Execute(firing, process.Context, CancellationToken.None))
                Assert.Equal("\"One.\"", output.Token.ToString());
        }

        Assert.Single(models.Requests);
    }

    [Fact]
    public void An_agent_that_takes_too_long_fails_the_firing()
    {
        var process = new TestProcess("ai.agent", """{"agent":"qa","timeoutMilliseconds":1}""");
        process.Context.With<IRunModels>(new Silent());
        Assert.Equal("component_timed_out", process.Fails("1"));
    }

    [Fact]
    public void An_agent_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var exception = Assert.Throws<ComponentException>(() => new TestProcess("ai.agent", """{"agent":"oracle"}"""));
        Assert.Equal(("agent_unknown", false), (exception.Code, exception.Retryable));
        Assert.Contains("'oracle'; there are assistant, code, fixer, pedagogy, planner, qa, research, ui, wireframe", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ai.prompt", "{}", "props.prompt: is required")]
    [InlineData("ai.extract", "{}", "props.schema: is required")]
    [InlineData("ai.extract", """{"schema":{"type":1}}""", "props.schema.type: ")]
    [InlineData("ai.classify", """{"categories":[]}""", "props.categories: needs at least one name")]
    [InlineData("ai.summarize", """{"prompt":"{{"}""", "props.prompt: ")]
    [InlineData("ai.agent", "{}", "props.agent: is required")]
    [InlineData("ai.agent", """{"agent":"code","input":"{{"}""", "props.input: ")]
    public void Wrong_properties_are_refused_with_path_and_rule(string id, string props, string message) =>
        Assert.StartsWith(message, TestProcess.Refused(id, props), StringComparison.Ordinal);

    private static (TestProcess Process, Models Models) Make(string id, string props, params string[] replies)
    {
        var process = new TestProcess(id, props);
        var models = new Models(replies);
        process.Context.With<IRunModels>(models);
        return (process, models);
    }

    private sealed class Models(string[] replies) : IRunModels
    {
        public List<ModelRequest> Requests { get; } = [];

        public ValueTask<ModelReply> AskAsync(ModelRequest request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            return ValueTask.FromResult(new ModelReply(replies[Requests.Count - 1], "test/model", 1, 1, 0));
        }
    }

    /// <summary>Never answers.</summary>
    private sealed class Silent : IRunModels
    {
        public async ValueTask<ModelReply> AskAsync(ModelRequest request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("It has waited for ever.");
        }
    }
}
