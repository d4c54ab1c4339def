using System.Net.WebSockets;
using System.Reflection;
using System.Text.Json;
using Actors.TestKit.Server;
using Microsoft.AspNetCore.SignalR;

namespace Actors.Frontend.Tests.Roles;

/// <summary>Every method of the hub, called by everybody.</summary>
public sealed class HubMatrixTests(RoleWorld world) : IClassFixture<RoleWorld>
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    [Fact]
    public void Every_method_of_the_hub_has_a_row()
    {
        var hub = typeof(FrontendServices).Assembly.GetTypes().Single(type => type.IsSubclassOf(typeof(Hub)));
        var methods = hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.GetBaseDefinition() == method)
            .Select(method => method.Name)
            .ToHashSet(StringComparer.Ordinal);
        var (without, unknown) = (methods.Except(HubRows.Rows.Keys, StringComparer.Ordinal), HubRows.Rows.Keys.Where(row => !methods.Contains(row)));
        Assert.True(
            !without.Any() && !unknown.Any(),
            $"Add to tests/Frontend.Tests/Roles/HubRows.cs the role and the arguments of: {string.Join(", ", without)}. No methods of the hub: {string.Join(", ", unknown)}.");
    }

    [Fact]
    public async Task Every_method_lets_in_whom_its_role_says()
    {
        var wrong = new List<string>();
        foreach (var (method, row) in HubRows.Rows)
        {
            foreach (var actor in Enum.GetValues<Actor>())
            {
                var expected = RoleRules.Refusal(row.Role, actor) is { } refusal ? refusal.Status == 401 ? "refused to connect" : refusal.Code : null;
                var answered = await AskAsync(method, row, actor);
                if (row.Answer == HubAnswer.Seen && expected is not (null or "refused to connect"))
                    expected = "not seen";

                if (answered != expected)
                    wrong.Add($"  {method} as {actor}: {answered ?? "let in"} instead of {expected ?? "let in"}");
            }
        }

        Assert.True(wrong.Count == 0, $"The hub does not keep the roles of HubRows:\n{string.Join('\n', wrong)}");
    }

    /// <summary>Null when the caller was let in, else what stood in the way.</summary>
    private async Task<string?> AskAsync(string method, HubRow row, Actor actor)
    {
        HubConnectionLite hub;
        try
        {
            hub = await HubConnectionLite.ConnectAsync(world.Address, world.TokenOf(actor));
        }
        catch (WebSocketException)
        {
            return "refused to connect";
        }

        await using (hub)
        {
            var arguments = await row.Arguments(world.Shared);
            return row.Answer switch
            {
                HubAnswer.Result => CodeOf(await hub.InvokeAsync(method, arguments).WaitAsync(Within)),
                HubAnswer.Stream => await hub.Stream(method, arguments).NextAsync(Within) is var first && first.GetProperty("kind").GetString() == "end"
                    ? first.GetProperty("code").GetString()
                    : null,
                _ => await IsSeenAsync(hub, method, arguments, actor) ? null : "not seen",
            };
        }
    }

    private static string? CodeOf(JsonElement result)
    {
        if (result.GetProperty("status").GetString() != "refused")
            return null;

        var code = result.GetProperty("error").GetProperty("code").GetString()!;
        return HubRows.LetIn.Contains(code) ? null : code;
    }

    /// <summary>
    /// Whether the owner, who watches the room, sees what the actor did there. Nothing comes for a call that was dropped,
    /// so the owner does the same afterwards: what would have come, comes before that.
    /// </summary>
    private async Task<bool> IsSeenAsync(HubConnectionLite hub, string method, object?[] arguments, Actor actor)
    {
        await using var watcher = await HubConnectionLite.ConnectAsync(world.Address, world.TokenOf(Actor.Owner));
        var room = watcher.Stream("WatchRoom", arguments[0], null);
        await room.NextAsync(Within);

        // Only who is in the room can be seen in it; a stranger is told so and stays outside.
        await hub.Stream("WatchRoom", arguments[0], null).NextAsync(Within);
        hub.Send(method, arguments);

        // Calls of one connection are served in their order: once this is answered, the one before is done.
        await hub.InvokeAsync("Undo", "no design").WaitAsync(Within);
        watcher.Send(method, arguments);
        while (true)
        {
            var frame = (await room.NextAsync(Within)).GetRawText();
            if (!frame.Contains("\"cursors\"", StringComparison.Ordinal))
                continue;

            if (actor != Actor.Owner && frame.Contains($"\"{world[actor].Id}\"", StringComparison.Ordinal))
                return true;

            if (frame.Contains($"\"{world[Actor.Owner].Id}\"", StringComparison.Ordinal))
                return actor == Actor.Owner;
        }
    }
}
