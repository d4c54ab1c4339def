namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A process that hands on what it is given: from the input <c>words</c> to the output <c>list</c>.</summary>
    public Task<string> ProcessAsync() => OnceAsync("process", () =>
        ProcessOfAsync([("in", "input", """{"name":"words"}"""), ("out", "output", """{"name":"list"}""")]));

    /// <summary>A run of it.</summary>
    public Task<string> RunAsync() => OnceAsync("run", async () => await StartAsync(await ProcessAsync(), """{"inputs":{"words":["a"]}}"""));

    /// <summary>The same run, at its end.</summary>
    public Task<string> EndedRunAsync() => OnceAsync("ended run", async () =>
    {
        var run = await RunAsync();
        await WhenStatusAsync(run, "completed");
        return run;
    });

    /// <summary>A run that waits for three approvals: its id, a space and the id of the first wait.</summary>
    public Task<string> WaitingRunAsync() => OnceAsync("waiting run", async () =>
    {
        var run = await StartAsync(await ProcessOfAsync(
        [
            ("c", "constant", """{"value":"draft"}"""), ("ask1", "approval", """{"question":"Publish?"}"""), ("ask2", "approval", """{"question":"Today?"}"""),
            ("ask3", "approval", """{"question":"Really?"}"""),
        ]));
        await WhenAsync($"/api/v1/runs/{run}/waits", "the run waits for all three", waits => waits.GetProperty("items").GetArrayLength() == 3);
        await WhenStatusAsync(run, "waiting");
        return $"{run} {Id((await AsOwnerAsync("GET", $"/api/v1/runs/{run}/waits")).GetProperty("items")[0])}";
    });

    public Task<string> PausedRunAsync() => OnceAsync("paused run", async () =>
    {
        var run = (await WaitingRunAsync()).Split(' ')[0];
        await AsOwnerAsync("POST", $"/api/v1/runs/{run}/pause");
        await WhenStatusAsync(run, "paused");
        return run;
    });

    public Task<string> FailedRunAsync() => OnceAsync("failed run", async () =>
    {
        var run = await StartAsync(await ProcessOfAsync([("c", "constant", """{"value":1}"""), ("f", "fail", """{"message":"Not today."}""")]));
        await WhenStatusAsync(run, "failed");
        return run;
    });

    public async Task<string> StartAsync(string design, string body = "{}") => Id(await AsOwnerAsync("POST", $"/api/v1/designs/{design}/runs", body));

    /// <summary>A process in which the first node feeds all others.</summary>
    private async Task<string> ProcessOfAsync((string Id, string Type, string Props)[] nodes)
    {
        var design = await NewDesignAsync("process");
        var added = nodes.Select(node => $$$"""{"op":"node.add","node":{"id":"{{{node.Id}}}","type":"{{{node.Type}}}","x":0,"y":0,"props":{{{node.Props}}} } }""");
        var connected = nodes.Skip(1).Select(node =>
            $$$"""{"op":"connection.add","connection":{"id":"c-{{{node.Id}}}","from":{"node":"{{{nodes[0].Id}}}","port":"out"},"to":{"node":"{{{node.Id}}}","port":"in"} } }""");
        await AsOwnerAsync(
            "POST",
            $"/api/v1/designs/{design}/operations",
            $$"""{"batchId":"{{Guid.NewGuid()}}","baseRevision":0,"operations":[{{string.Join(',', added.Concat(connected))}}]}""");
        return design;
    }

    private Task WhenStatusAsync(string run, string status) =>
        WhenAsync($"/api/v1/runs/{run}", $"the run is {status}", seen => seen.GetProperty("status").GetString() == status);
}
