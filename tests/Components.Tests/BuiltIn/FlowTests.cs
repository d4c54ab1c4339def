using System.Text.Json;
using Actors.Components.Services;

namespace Actors.Components.Tests.BuiltIn;

public sealed class FlowTests
{
    private static readonly string[] Ten = [.. Enumerable.Range(0, 10).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))];

    [Theory]
    [InlineData("""{"score":0.9}""", """{"score":0.9}""")]
    [InlineData("""{"score":0.5}""", """rejected: {"score":0.5}""")]
    [InlineData("\"no object\"", "rejected: \"no object\"")]
    public void Filter_separates_what_meets_the_condition(string token, string output) =>
        Assert.Equal([output], new TestProcess("filter", """{"condition":"$.score > 0.5"}""").Fire(token));

    [Fact]
    [Spec("BI-09")]
    public void A_condition_that_costs_too_much_fails_with_a_code()
    {
        var process = new TestProcess("filter", """{"condition":"length(replace($, 'a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')) > 0"}""");
        Assert.Equal("expression_limit", process.Fails(JsonSerializer.Serialize(new string('a', 100_000))));
    }

    [Fact]
    public void Switch_sends_a_token_to_its_first_case()
    {
        var process = new TestProcess("switch", """{"cases":["$.n < 10",{"condition":"$.n < 20","port":"case7"},{"condition":"$.n < 30","port":"out"}]}""");
        Assert.Equal(["""case1: {"n":5}"""], process.Fire("""{"n":5}"""));
        Assert.Equal(["""case7: {"n":15}"""], process.Fire("""{"n":15}"""));
        Assert.Equal(["""{"n":25}"""], process.Fire("""{"n":25}"""));
        Assert.Equal(["""default: {"n":35}"""], process.Fire("""{"n":35}"""));
    }

    [Theory]
    [InlineData("filter", """{"condition":"$.a >"}""", "props.condition: ")]
    [InlineData("filter", "{}", "props.condition: is required")]
    [InlineData("switch", """{"cases":[]}""", "props.cases: needs at least one case")]
    [InlineData("switch", """{"cases":["a",7]}""", "props.cases[1]: must be a condition")]
    [InlineData("switch", """{"cases":[{"condition":"a =","port":"case1"}]}""", "props.cases[0].condition: ")]
    [InlineData("switch", """{"cases":[{"condition":"a","port":"case9"}]}""", "props.cases[0].port: there is no output 'case9'")]
    [InlineData("switch", """{"cases":[{"condition":"a","port":"error"}]}""", "props.cases[0].port: there is no output 'error'")]
    [InlineData("split", """{"path":"$.["}""", "props.path: ")]
    [InlineData("window", "{}", "props.count: needs count, milliseconds or both")]
    [InlineData("window", """{"step":1,"milliseconds":5}""", "props.step: goes with count alone")]
    [InlineData("throttle", "{}", "props.perSecond: is required")]
    [InlineData("design", "{}", "props.designId: is required")]
    [InlineData("fail", """{"message":"{{#if}"}""", "props.message: ")]
    [InlineData("approval", """{"question":"{{a"}""", "props.question: ")]
    [InlineData("schedule", "{}", "props.cron: needs either cron or everyMilliseconds")]
    [InlineData("schedule", """{"cron":"* *"}""", "props.cron: must have five fields")]
    [InlineData("schedule", """{"cron":"0 9 * * * MON"}""", "props.cron: must have five fields")]
    [InlineData("schedule", """{"cron":"0 25 * * *"}""", "props.cron: ")]
    [InlineData("schedule", """{"cron":"0 9 * * MON","timeZone":"Mars/Olympus"}""", "props.timeZone: must be the IANA name of a time zone")]
    public void Wrong_properties_are_refused_with_path_and_rule(string id, string props, string message) =>
        Assert.StartsWith(message, TestProcess.Refused(id, props), StringComparison.Ordinal);

    [Fact]
    public void Split_emits_entries_in_pieces_and_in_order()
    {
        var process = new TestProcess("split", """{"path":"$.items"}""");
        var items = Enumerable.Range(0, 1_000).Select(n => $$"""{"n":{{n}}}""").ToArray();
        Assert.Equal(items, process.Fire($$"""{"items":[{{string.Join(',', items)}}]}"""));
        Assert.Equal(256, process.LargestPiece);
        Assert.Equal(4, process.Firings);
        Assert.Equal(0, process.State.Count);
        Assert.Equal([], process.Fire("""{"items":[]}"""));
    }

    [Fact]
    public void Split_of_something_else_fails() => Assert.Equal("not_list", new TestProcess("split", "{}").Fails("""{"a":1}"""));

    [Fact]
    public void Windows_of_a_count_neither_overlap_nor_lose_the_rest()
    {
        var process = new TestProcess("window", """{"count":4}""");
        Assert.Equal(["[0,1,2,3]", "[4,5,6,7]", "[8,9]"], RunWhole(process, Ten));
    }

    [Fact]
    public void Windows_with_a_smaller_step_overlap()
    {
        var process = new TestProcess("window", """{"count":4,"step":2}""");
        Assert.Equal(["[0,1,2,3]", "[2,3,4,5]", "[4,5,6,7]", "[6,7,8,9]"], RunWhole(process, Ten));

        var odd = new TestProcess("window", """{"count":4,"step":3}""");
        Assert.Equal(["[0,1,2,3]", "[3,4,5,6]", "[6,7,8]"], RunWhole(odd, Ten.Take(9)));
    }

    [Fact]
    public void Windows_with_a_larger_step_leave_tokens_out()
    {
        var process = new TestProcess("window", """{"count":2,"step":4}""");
        Assert.Equal(["[0,1]", "[4,5]", "[8,9]"], RunWhole(process, Ten));
    }

    [Fact]
    [Spec("FI-05")]
    public void A_window_of_time_ends_so_long_after_its_first_token()
    {
        var process = new TestProcess("window", """{"milliseconds":100}""");
        Assert.Empty(process.Fire("1"));
        process.Now += TimeSpan.FromMilliseconds(60);
        Assert.Empty(process.Fire("2"));
        Assert.Equal(TimeSpan.FromMilliseconds(40), process.Last.Wakes);
        Assert.Equal(["[1,2]"], process.Wake());
        Assert.Null(process.Last.Wakes);
        Assert.Empty(process.End());
    }

    [Fact]
    public void A_window_of_both_ends_with_what_comes_first()
    {
        var process = new TestProcess("window", """{"count":2,"milliseconds":100}""");
        Assert.Equal(["[1,2]"], process.Fire("1").Concat(process.Fire("2")));
        Assert.Null(process.Last.Wakes);
        process.Fire("3");
        process.Now += TimeSpan.FromMilliseconds(150);
        Assert.Equal(["[3]"], process.Fire("4"));
        Assert.Equal(TimeSpan.FromMilliseconds(100), process.Last.Wakes);
        Assert.Equal(["[4]"], process.End());
    }

    [Fact]
    public void Throttle_spaces_tokens_evenly_after_a_burst()
    {
        var process = new TestProcess("throttle", """{"perSecond":10,"burst":3}""");
        for (var n = 0; n < 5; n++)
            Assert.Equal([$"{n}"], process.Fire($"{n}"));
        Assert.Equal([TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200)], process.Context.Delays);

        // After a quiet time the bucket is full again, and not fuller.
        process.Now += TimeSpan.FromSeconds(60);
        process.Context.Delays.Clear();
        for (var n = 0; n < 4; n++)
            process.Fire("0");
        Assert.Equal([TimeSpan.FromMilliseconds(100)], process.Context.Delays);
    }

    [Fact]
    public void Throttle_keeps_high_rates_over_time()
    {
        var process = new TestProcess("throttle", """{"perSecond":5000}""");
        var started = process.Now;
        for (var n = 0; n < 10_000; n++)
        {
            process.Context.Delays.Clear();
            process.Fire("0");
            process.Now += process.Context.Delays.Aggregate(TimeSpan.Zero, (sum, delay) => sum + delay);
        }

        Assert.InRange((process.Now - started).TotalSeconds, 1.98, 2.0);
    }

    [Fact]
    [Spec("TR-05")]
    public void Schedule_emits_the_token_of_its_trigger()
    {
        var inputs = new Dictionary<string, IReadOnlyList<Token>> { ["node"] = [Token.Of("tick")], ["other"] = [Token.Of("not mine")] };
        var process = new TestProcess("schedule", """{"cron":"0 9 * * MON","timeZone":"Europe/Rome"}""", inputs);
        Assert.Equal(["\"tick\""], process.Fire());
        Assert.Null(process.Last.Wakes);
    }

    [Fact]
    public void Schedule_ticks_in_a_run_that_was_started_by_hand()
    {
        var process = new TestProcess("schedule", """{"everyMilliseconds":1000,"count":3}""");
        Assert.Equal(["""{"time":"2024-05-06T07:08:09Z","number":1}"""], process.Fire());
        process.Now += TimeSpan.FromMilliseconds(300);
        Assert.Equal(TimeSpan.FromSeconds(1), process.Last.Wakes);

        // A late timer does not move the ticks that follow.
        Assert.Equal(["""{"time":"2024-05-06T07:08:10.3Z","number":2}"""], process.Wake());
        Assert.Equal(TimeSpan.FromMilliseconds(700), process.Last.Wakes);
        Assert.Equal(["""{"time":"2024-05-06T07:08:11Z","number":3}"""], process.Wake());
        Assert.Null(process.Last.Wakes);
    }

    [Fact]
    public void A_cron_expression_ticks_when_it_comes_due_in_its_time_zone()
    {
        var process = new TestProcess("schedule", """{"cron":"30 9 * * MON-FRI","timeZone":"Europe/Rome","count":2}""");
        Assert.Empty(process.Fire());
        Assert.Equal(["""{"time":"2024-05-06T07:30:00Z","number":1}"""], process.Wake());
        Assert.Equal(TimeSpan.FromDays(1), process.Last.Wakes);

        // A run that could not go on for days ticks once, for the time that it waited for.
        process.Now += TimeSpan.FromDays(3);
        Assert.Equal(["""{"time":"2024-05-07T07:30:00Z","number":2}"""], process.Wake());
        Assert.Null(process.Last.Wakes);
    }

    [Fact]
    public void Webhook_emits_requests_of_its_media_type_alone()
    {
        var inputs = new Dictionary<string, IReadOnlyList<Token>> { ["node"] = [Token.Of(JsonElement.Parse("""{"contentType":"text/plain"}""")), Token.Of(7)] };
        Assert.Equal(["""{"contentType":"text/plain"}"""], new TestProcess("webhook", """{"contentType":"Text/Plain"}""", inputs).Fire());
        Assert.Empty(new TestProcess("webhook", """{"contentType":"text/html"}""", inputs).Fire());
    }

    [Fact]
    [Spec("TR-05")]
    public void Webhook_emits_the_request_that_started_the_run()
    {
        var inputs = new Dictionary<string, IReadOnlyList<Token>> { ["node"] = [Token.Of(JsonElement.Parse("""{"method":"POST","body":{"a":1}}"""))] };
        Assert.Equal(["""{"method":"POST","body":{"a":1}}"""], new TestProcess("webhook", "{}", inputs).Fire());
        Assert.Empty(new TestProcess("webhook", "{}").Fire());
    }

    [Fact]
    public void Design_runs_another_design_and_emits_its_outputs()
    {
        var starter = new Starter();
        var process = new TestProcess("design", """{"designId":"dsg_2","revision":7,"input":"topic"}""");
        process.Context.With<IRunStarter>(starter).Answer = Token.Of(JsonElement.Parse("""{"status":"completed","outputs":{"result":[1,2]}}"""));
        Assert.Equal(["""{"result":[1,2]}"""], process.Fire("\"cats\""));
        Assert.Equal(["dsg_2 7 topic=\"cats\""], starter.Started);
        Assert.Equal("run", Assert.Single(process.Context.Questions).Kind);

        var named = new TestProcess("design", """{"designId":"dsg_2","output":"result"}""");
        named.Context.With<IRunStarter>(starter).Answer = process.Context.Answer;
        Assert.Equal(["1", "2"], named.Fire("0"));
    }

    [Fact]
    public void Design_fails_when_its_run_did_not_complete()
    {
        var process = new TestProcess("design", """{"designId":"dsg_2"}""");
        process.Context.With<IRunStarter>(new Starter()).Answer = Token.Of(JsonElement.Parse("""{"status":"failed","error":{"code":"x","detail":"No luck"}}"""));
        var exception = Assert.Throws<ComponentException>(() => process.Fire("1"));
        Assert.Equal("sub_run_failed", exception.Code);
        Assert.Contains("No luck", exception.Message, StringComparison.Ordinal);

        process.Context.Next();
        process.Context.Answer = null;
        Assert.Equal("wait_timed_out", process.Fails("1"));
    }

    [Fact]
    public void Approval_asks_with_the_token_filled_in()
    {
        var process = new TestProcess("approval", """{"question":"Publish {{title}}?"}""");
        process.Context.Answer = Token.Of(JsonElement.Parse("""{"approved":true}"""));
        Assert.Equal(["""{"title":"News"}"""], process.Fire("""{"title":"News"}"""));
        Assert.Equal("Publish News?", process.Context.Questions[0].Details.Json.GetProperty("question").GetString());
    }

    [Fact]
    public void Fail_says_what_the_template_says()
    {
        var exception = Assert.Throws<ComponentException>(() => new TestProcess("fail", """{"message":"No {{what}}."}""").Fire("""{"what":"result"}"""));
        Assert.Equal(("run_failed", "No result."), (exception.Code, exception.Message));
    }

    private static string[] RunWhole(TestProcess process, IEnumerable<string> tokens)
    {
        string[] outputs = [.. tokens.SelectMany(token => process.Fire(token))];
        return [.. outputs, .. process.End()];
    }

    private sealed class Starter : IRunStarter
    {
        public List<string> Started { get; } = [];

        public ValueTask StartRunAsync(
            OutsideWait wait, string designId, long? revision, IReadOnlyDictionary<string, IReadOnlyList<Token>> inputs, CancellationToken cancellationToken)
        {
            Started.Add($"{designId} {revision} {string.Join(',', inputs.Select(input => $"{input.Key}={string.Join('+', input.Value)}"))}");
            return ValueTask.CompletedTask;
        }
    }
}
