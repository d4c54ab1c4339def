using Actors.EndToEnd.Tests.Campaigns;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests;

public sealed class GracefulStopTests
{
    [Fact]
    public async Task A_stop_under_load_ends_in_time_tells_the_watchers_and_loses_nothing()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var campaign = await Campaign.PrepareAsync(server, designs: 2, writersPerDesign: 2, seed: 7);
        await campaign.ConnectAsync();
        campaign.StartWriting();
        await campaign.ProgressAsync(200);

        var elapsed = await server.StopAsync();

        await campaign.StopWritingAsync();
        await campaign.WatchersEndAsync();
        await campaign.DisconnectAsync();
        Assert.True(elapsed <= Deadlines.Drain, $"The stop took {elapsed}.");
        Assert.All(campaign.Watchers, watcher =>
        {
            Assert.Equal("shutting_down", watcher.Replica.EndCode);
            Assert.True(watcher.Replica.EndRetry);
        });
        await server.StartAgainAsync();
        await campaign.ConnectAsync();
        await campaign.ResendAsync(abandonSome: false);
        await campaign.VerifyAsync();
    }
}
