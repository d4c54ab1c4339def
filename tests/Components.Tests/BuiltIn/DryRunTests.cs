namespace Actors.Components.Tests.BuiltIn;

/// <summary>What a dry run answers of which nothing is recorded: no service is there that anybody could ask.</summary>
public sealed class DryRunTests
{
    [Theory]
    [InlineData("ai.prompt", """{"prompt":"{{$}}"}""", "\"[dry run: no model was asked]\"")]
    [InlineData("ai.summarize", "{}", "\"[dry run: no model was asked]\"")]
    [InlineData("ai.agent", """{"agent":"research"}""", "\"[dry run: no model was asked]\"")]
    [InlineData("ai.extract", """{"schema":{"type":"object","required":["name"]}}""", """{"dryRun":true}""")]
    [InlineData("ai.classify", """{"categories":["bug","question"]}""", """{"category":"bug","confidence":0,"dryRun":true}""")]
    [InlineData("ai.classify", """{"categories":["a","b"],"multiple":true}""", """{"categories":["a"],"confidence":0,"dryRun":true}""")]
    [InlineData("approval", """{"question":"Publish?"}""", "\"x\"")]
    [InlineData("notify", """{"message":"Done"}""", "\"x\"")]
    [InlineData("metrics", """{"name":"tokens"}""", "\"x\"")]
    [InlineData("file.write", """{"path":"a.txt"}""", """{"dryRun":true,"path":"a.txt","size":1}""")]
    [InlineData("file.write", """{"path":"a.txt","append":true}""", """{"dryRun":true,"path":"a.txt","size":2}""")]
    public void A_stub_is_marked_or_lets_the_token_pass(string component, string props, string output)
    {
        var process = new TestProcess(component, props);
        process.Context.DryRun = true;

        Assert.Equal([output], process.Fire("\"x\""));
        Assert.Empty(process.Context.Effects);
        Assert.Empty(process.Context.Questions);
    }
}
