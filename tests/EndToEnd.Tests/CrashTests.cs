using Actors.EndToEnd.Tests.Campaigns;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests;

public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Crashes = 20;

    [Fact]
    public async Task Twenty_crashes_under_load_lose_and_double_nothing_that_was_acknowledged()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        await using var campaign = await Campaign.PrepareAsync(server, designs: 3, writersPerDesign: 2, seed);
        for (var crash = 0; crash < Crashes; crash++)
        {
            await campaign.ConnectAsync();
            await campaign.ResendAsync(abandonSome: true);
            campaign.StartWriting();
            await campaign.ProgressAsync(random.Next(1, 200));
            await server.KillAsync();
            await campaign.StopWritingAsync();
            await campaign.DisconnectAsync();
            await server.StartAgainAsync();
        }

        await campaign.ConnectAsync();
        await campaign.ResendAsync(abandonSome: false);
        await campaign.VerifyAsync();

        Assert.True(campaign.Acknowledged >= Crashes, "Too little was acknowledged for the test to mean anything.");
        var batches = campaign.Writers.SelectMany(writer => writer.Batches).ToList();
        output.WriteLine($"{batches.Count} batches, {campaign.Acknowledged} acknowledged, {batches.Count(batch => batch.IsAbandoned)} given up.");
    }

    [Fact]
    public async Task A_batch_sent_twice_is_answered_the_same_before_and_after_a_crash()
    {
        await using var server = await ServerProcess.StartAsync();
        using var account = await ApiClient.RegisterAsync(server.Address, "repeater");
        var designId = await account.CreateDesignAsync(await account.CreateProjectAsync("Repeats"), "Repeats");
        (await account.SubmitAsync(designId, Guid.NewGuid(), [Edits.Add("n")])).Expect();
        var batchId = Guid.NewGuid();

        // One operation takes effect and one is ignored, so that the whole answer has something to be equal in.
        var first = (await account.SubmitAsync(designId, batchId, [Edits.Move("n", 1, 2), Edits.Move("gone", 3, 4)])).Expect();
        (await account.SubmitAsync(designId, Guid.NewGuid(), [Edits.Move("n", 5, 6)])).Expect();
        var second = (await account.SubmitAsync(designId, batchId, [Edits.Move("n", 1, 2), Edits.Move("gone", 3, 4)])).Expect();
        await server.KillAsync();
        await server.StartAgainAsync();
        var third = (await account.SubmitAsync(designId, batchId, [Edits.Move("n", 1, 2), Edits.Move("gone", 3, 4)])).Expect();
        await using var hub = await account.ConnectAsync();
        var fourth = await hub.InvokeAsync("Submit", designId, Edits.Batch(batchId, Edits.Move("n", 1, 2), Edits.Move("gone", 3, 4)));

        Assert.Equal("committed", first.GetProperty("status").GetString());
        Assert.Equal(3, first.GetProperty("revision").GetInt64());
        Assert.Equal([1], first.GetProperty("ignored").EnumerateArray().Select(index => index.GetInt32()));
        Assert.All([second, third, fourth], answer => Assert.Equal(first.GetRawText(), answer.GetRawText()));
        Assert.Equal(4, (await account.GetDesignAsync(designId)).GetProperty("revision").GetInt64());
    }
}
