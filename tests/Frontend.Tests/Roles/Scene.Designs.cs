namespace Actors.Frontend.Tests.Roles;

public sealed partial class Scene
{
    /// <summary>A process with the nodes <c>n1</c>, <c>n2</c> and <c>n3</c> and the connection <c>c1</c> from the first to the second.</summary>
    public Task<string> DesignAsync() => OnceAsync("design", async () =>
    {
        var design = await NewDesignAsync("process");
        await AsOwnerAsync("POST", $"/api/v1/designs/{design}/operations", $$$$"""
            {"batchId":"{{{{Guid.NewGuid()}}}}","baseRevision":0,"operations":[
              {"op":"node.add","node":{"id":"n1","type":"foreign","x":0,"y":0,"props":{}}},
              {"op":"node.add","node":{"id":"n2","type":"foreign","x":200,"y":0,"props":{}}},
              {"op":"node.add","node":{"id":"n3","type":"foreign","x":400,"y":0,"props":{}}},
              {"op":"connection.add","connection":{"id":"c1","from":{"node":"n1","port":"out"},"to":{"node":"n2","port":"in"}}}]}
            """);
        return design;
    });

    public async Task<string> NewDesignAsync(string kind) =>
        Id(await AsOwnerAsync("POST", $"/api/v1/projects/{await ProjectAsync()}/designs", $$"""{"name":"Scene","kind":"{{kind}}"}"""));
}
