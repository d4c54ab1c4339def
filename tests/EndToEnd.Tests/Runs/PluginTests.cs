using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>The sample plugin, in a server that found it in its plugin folder.</summary>
[Collection(RunServer.Collection)]
public sealed class PluginTests(RunServer server)
{
    [Fact]
    [Spec("CO-01", "CO-03", "CO-04", "CO-05")]
    public async Task A_component_of_a_plugin_is_listed_with_its_schema_and_runs()
    {
        var listed = (await server.Account.GetAsync("components?limit=100&search=Count%20words")).Expect().GetProperty("items");
        var component = Assert.Single(listed.EnumerateArray(), item => item.GetProperty("id").GetString() == "sample.wordcount");
        Assert.Equal("integer", component.GetProperty("schema").GetProperty("properties").GetProperty("minimumLength").GetProperty("type").GetString());
        Assert.Equal("text", component.GetProperty("inputs")[0].GetProperty("type").GetString());

        var design = await server.Account.CreateProcessAsync(
            [("c", "constant", """{"value":"one more word of a text"}""", null), ("count", "sample.wordcount", """{"minimumLength":3}""", null), ("out", "output", """{"name":"words"}""", null)],
            "c>count",
            "count>out");
        var run = await server.Account.EndOfRunAsync(await server.Account.StartRunAsync(design), RunServer.Patience);
        Assert.Equal("""{"words":[{"words":4,"longest":"more"}]}""", run.GetProperty("outputs").GetRawText());
    }
}
