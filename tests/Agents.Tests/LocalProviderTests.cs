using System.Text.Json;
using Actors.Components;
using Actors.Components.Services;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Token = Actors.Domain.Execution.Token;

namespace Actors.Agents.Tests;

public sealed class LocalProviderTests
{
    private const string Story =
        "The harbour was quiet. Boats in the harbour carried fish, and the fish market paid well for boats of fish. It rained. A dog slept. Every boat brought fish to the market before noon.";

    private readonly ServiceProvider _services = new ServiceCollection().AddActorsAgents().BuildServiceProvider();

    [Fact]
    public async Task A_summary_is_made_of_the_texts_own_sentences_and_is_short_enough()
    {
        var summary = await Ask(new TaskPrompt("summarize", [new("Words", "30")], Story).Write());
        Assert.Contains("fish", summary, StringComparison.Ordinal);
        Assert.InRange(summary.Split(' ').Length, 5, 30);
        Assert.All(summary.TrimEnd('.').Split(". "), sentence => Assert.Contains(sentence, Story, StringComparison.Ordinal));
        Assert.EndsWith(" …", await Ask(new TaskPrompt("summarize", [new("Words", "2")], "One sentence that is longer than two words.").Write()), StringComparison.Ordinal);
        Assert.Equal("", await Ask(new TaskPrompt("summarize", [], "").Write()));
    }

    [Theory]
    [InlineData("The invoice was billed twice.", """{"category":"billing","confidence":1}""")]
    [InlineData("The app crashes at the start; a crash each time I pay the bill.", """{"category":"crash report","confidence":0.67}""")]
    [InlineData("Nothing in common.", """{"category":"billing","confidence":0}""")]
    public async Task A_category_is_chosen_by_shared_words_with_an_honest_confidence(string text, string answer) =>
        Assert.Equal(answer, await Ask(new TaskPrompt("classify", [new("Categories", "billing | crash report")], text).Write()));

    [Fact]
    public async Task Fields_are_found_by_form_and_by_name_and_never_made_up()
    {
        const string text = "Hello,\nFirst name: Ada\nwrite to ada@example.com or bob@example.org.\nQuantity 3 pieces, due 2024-05-06\ntags: red, green\nurgent: yes\nsee https://example.com/x.";
        var schema = """
            {"type":"object","properties":{"firstName":{"type":"string"},"email":{"type":"string"},"emails":{"type":"array","items":{"type":"string"}},
            "quantity":{"type":"integer"},"dueDate":{"type":"string"},"tags":{"type":"array","items":{"type":"string"}},"urgent":{"type":"boolean"},
            "page":{"type":"string","format":"uri"},"color":{"enum":["blue","green"]},"price":{"type":"number"},"nothing":{"type":"string"}}}
            """;
        var answer = await Ask(new TaskPrompt("extract", [], text).Write(), schema);
        Assert.Equal(
            """{"firstName":"Ada","email":"ada@example.com","emails":["ada@example.com","bob@example.org"],"quantity":3,"dueDate":"2024-05-06","tags":["red","green"],"urgent":true,"page":"https://example.com/x","color":"green"}""",
            answer);
    }

    [Fact]
    public async Task A_prompt_is_answered_with_what_it_is()
    {
        var answer = await Ask("What is the meaning of life?");
        Assert.StartsWith("This is the local provider: rules, no language model.", answer, StringComparison.Ordinal);
        Assert.Equal(answer, await Ask("What is the meaning of life?"));
    }

    [Fact]
    public async Task Runs_get_the_model_and_its_usage_is_counted()
    {
        var reply = await Models.AskAsync(new ModelRequest("Be brief.", "Hello there.", ["other/model", "local"]), CancellationToken.None);
        Assert.Equal(("local/rules", 0m), (reply.Model, reply.Cost));
        Assert.True(reply is { InputTokens: > 0, OutputTokens: > 0 });
        var usage = _services.GetRequiredService<ModelUsage>();
        Assert.Equal((1, reply.InputTokens, reply.OutputTokens), (usage.Calls, usage.InputTokens, usage.OutputTokens));
    }

    [Fact]
    public async Task A_model_that_is_not_configured_is_refused()
    {
        var exception = await Assert.ThrowsAsync<ComponentException>(
            async () => await Models.AskAsync(new ModelRequest(null, "Hello.", ["other/model"]), CancellationToken.None));
        Assert.Equal(("model_unavailable", false), (exception.Code, exception.Retryable));
    }

    [Fact]
    public async Task Streaming_gives_the_same_text()
    {
        var client = _services.GetRequiredService<IChatClient>();
        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync("Hello."))
            text += update.Text;
        Assert.Equal((await client.GetResponseAsync("Hello.")).Text, text);
    }

    private IRunModels Models => _services.GetRequiredService<IRunModels>();

    private async Task<string> Ask(string prompt, string? schema = null) =>
        (await Models.AskAsync(new ModelRequest(null, prompt, [], schema is null ? null : Token.Of(JsonElement.Parse(schema))), CancellationToken.None)).Text;
}
