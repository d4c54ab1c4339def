using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

public sealed class TokenExpiryTests
{
    /// <summary>Long enough to set the scene on a loaded machine.</summary>
    private const string Lifetime = "00:00:10";

    [Fact]
    public async Task An_expired_token_is_refused_and_ends_what_it_opened_until_it_is_refreshed()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authentication__AccessTokenLifetime"] = Lifetime },
        });
        using var account = await ApiClient.RegisterAsync(server.Address, "sleeper");
        await using var hub = await account.ConnectAsync();
        var projectId = await account.CreateProjectAsync("Expiry");
        var designId = await account.CreateDesignAsync(projectId, "Expiry");
        var design = hub.Stream("WatchDesign", designId, null);
        var room = hub.Stream("WatchRoom", projectId, null);
        Assert.Equal("snapshot", (await design.NextAsync(Deadlines.Answer)).GetProperty("kind").GetString());
        Assert.Equal("state", (await room.NextAsync(Deadlines.Answer)).GetProperty("kind").GetString());

        await Frames.VerifyEndAsync(design, "token_expired", retry: true);
        await Frames.VerifyEndAsync(room, "token_expired", retry: true);
        var result = await hub.InvokeAsync("Submit", designId, Edits.Batch(Guid.NewGuid(), Edits.Add("late")));
        Assert.Equal("refused", result.GetProperty("status").GetString());
        Assert.Equal("token_expired", result.GetProperty("error").GetProperty("code").GetString());
        Problems.Verify(await account.GetAsync($"designs/{designId}"), 401, "token_expired");
        Problems.Verify(await account.SubmitAsync(designId, Guid.NewGuid(), [Edits.Add("late")]), 401, "token_expired");

        using var refreshed = await account.RefreshAsync();
        Assert.Equal(0, (await refreshed.GetDesignAsync(designId)).GetProperty("nodes").GetArrayLength());
        await using var back = await refreshed.ConnectAsync();
        Assert.Equal("snapshot", (await back.Stream("WatchDesign", designId, null).NextAsync(Deadlines.Answer)).GetProperty("kind").GetString());
    }
}
