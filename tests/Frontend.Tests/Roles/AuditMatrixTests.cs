using System.Collections.Concurrent;
using System.Text.Json;
using Actors.Frontend.Tests.OpenApi;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

/// <summary>Whatever changes something leaves an entry in the audit log, in that of its project where it belongs to one.</summary>
[Collection(MatrixCollection.Name)]
public sealed class AuditMatrixTests(RoleWorld world)
{
    private const int Parallelism = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What belongs to a project though its role is not one of a project.</summary>
    private static readonly HashSet<string> OfProject = new(
        ["AcceptInvitation", "DeclineInvitation", "AcceptMyInvitation", "DeclineMyInvitation", "ReceiveHook"], StringComparer.Ordinal);

    /// <summary>After these the project has no owner who could look, or another one.</summary>
    private static readonly HashSet<string> OwnerLost = new(["DeleteProject", "LeaveProject", "TransferProject"], StringComparer.Ordinal);

    [Fact]
    public async Task Every_change_leaves_an_entry_that_the_owner_or_else_the_administrator_can_see()
    {
        var document = await world.DocumentAsync();
        var done = new ConcurrentBag<(OpenApiOperation Operation, string Project)>();
        var wrong = new ConcurrentBag<string>();
        var changes = document.Operations.Where(operation => operation.Writes && operation.Path.StartsWith("/api/", StringComparison.Ordinal));
        await Parallel.ForEachAsync(changes, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (operation, stop) =>
        {
            var actor = operation.Role == "admin" ? Actor.Administrator : Actor.Owner;
            var scene = new Scene(world, []);
            var call = await Requests.MakeAsync(operation, scene, actor);
            var path = await Requests.PathAsync(operation, scene, call);
            var token = operation.Role == "anonymous" ? null : call.As ?? world.TokenOf(actor);
            using var response = await world.SendAsync(operation.Method, path, call with { Headers = [.. call.Headers ?? [], ("X-Request-Id", RequestId(operation))] }, token);
            if (response.IsSuccessStatusCode)
                done.Add((operation, IsOfProject(operation) ? await scene.ProjectAsync() : ""));
            else
                wrong.Add($"  {operation} was answered {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
        });
        foreach (var (operation, project) in done)
        {
            if (await MissingAsync(operation, project) is { } missing)
                wrong.Add($"  {operation}: {missing}");
        }

        Assert.True(
            wrong.IsEmpty,
            "Not every change is audited where it should be; a handler whose address does not name the project says it with context.SetAuditProject:\n"
            + string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    private static bool IsOfProject(OpenApiOperation operation) => operation.Role is "viewer" or "commenter" or "editor" or "owner" || OfProject.Contains(operation.Id!);

    private static string RequestId(OpenApiOperation operation) => $"audited-{operation.Id}";

    /// <summary>Null when all is well.</summary>
    private async Task<string?> MissingAsync(OpenApiOperation operation, string project)
    {
        var (path, token) = project.Length > 0 && !OwnerLost.Contains(operation.Id!)
            ? ($"/api/v1/projects/{project}/audit", world.TokenOf(Actor.Owner))
            : ("/api/v1/admin/audit", world.TokenOf(Actor.Administrator));
        JsonElement entry = default;
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    var entries = (await world.ExpectAsync("GET", $"{path}?action={operation.Id}&limit=100", null, token)).GetProperty("items").EnumerateArray();
                    entry = entries.FirstOrDefault(found => found.GetProperty("requestId").GetString() == RequestId(operation));
                    return entry.ValueKind == JsonValueKind.Object;
                },
                Patience,
                "the entry is stored");
        }
        catch (TimeoutException)
        {
            return $"there is no entry at {path}";
        }

        return project.Length > 0 && entry.GetProperty("projectId").GetString() != project ? "its entry names another project, or none" : null;
    }
}
