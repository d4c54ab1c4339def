namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A process that hands on what it is given: from the input <c>words</c> to the output <c>list</c>.</summary>
    public Task<string> ProcessAsync() => OnceAsync("process", () =>
        ProcessOfAsync("c", ("in", "input", """{"name":"words"}"""), ("out", "output", """{"name":"list"}""")));

    /// <summary>A run of it.</summary>
    public Task<string> RunAsync() => OnceAsync("run", async () => await StartAsync(await ProcessAsync(), """{"inputs":{"words":["a"]}}"""));

    /// <summary>The same run, at its end.</summary>
    public Task<string> EndedRunAsync() => OnceAsync("ended run", async () =>
    {
        var run = await RunAsync();
        await WhenStatusAsync(run, "completed");
        return run;
    });

    /// <summary>A run that waits for an approval: its id, a space and the id of the wait.</summary>
    public Task<string> WaitingRunAsync() => OnceAsync("waiting run", async () =>
    {
        var run = await StartAsync(await ProcessOfAsync("c", ("c", "constant", """{"value":"draft"}"""), ("ask", "approval", """{"question":"Publish?"}""")));
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
        var run = await StartAsync(await ProcessOfAsync("c", ("c", "constant", """{"value":1}"""), ("f", "fail", """{"message":"Not today."}""")));
        await WhenStatusAsync(run, "failed");
        return run;
    });

    /// <summary>A process of two nodes and the connection between them.</summary>
    private async Task<string> ProcessOfAsync(string connection, (string Id, string Type, string Props) first, (string Id, string Type, string Props) second)
    {
        var design = await NewDesignAsync("process");
        foreach (var (id, type, props) in new[] { first, second })
            await AsOwnerAsync("POST", $"/api/v1/designs/{design}/nodes", $$"""{"id":"{{id}}","type":"{{type}}","x":0,"y":0,"props":{{props}}}""");

        await AsOwnerAsync("POST", $"/api/v1/designs/{design}/connections", $$$"""{"id":"{{{connection}}}","from":{"node":"{{{first.Id}}}","port":"out"},"to":{"node":"{{{second.Id}}}","port":"in"}}""");
        return design;
    }

    private async Task<string> StartAsync(string design, string body = "{}") => Id(await AsOwnerAsync("POST", $"/api/v1/designs/{design}/runs", body));

    private Task WhenStatusAsync(string run, string status) =>
        WhenAsync($"/api/v1/runs/{run}", $"the run is {status}", seen => seen.GetProperty("status").GetString() == status);
}
