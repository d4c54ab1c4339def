using Actors.EndToEnd.Tests.Campaigns;
using Actors.TestKit;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests;

[RequiresPostgres]
public sealed class StorageOutageTests
{
    private const int Outages = 3;

    [ContractFact]
    public async Task A_database_that_goes_and_comes_back_costs_no_acknowledged_edit_and_no_restart()
    {
        await using var database = await PostgresServer.CreateAsync(durable: true);
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Storage__Provider"] = "PostgreSQL",
                ["Storage__ConnectionString"] = await database.CreateDatabaseAsync(),
                ["Storage__ApplyMigrations"] = "true",
            },
        });
        await using var campaign = await Campaign.PrepareAsync(server, designs: 2, writersPerDesign: 2, seed: 11);
        await campaign.ConnectAsync();
        for (var outage = 0; outage < Outages; outage++)
        {
            campaign.StartWriting();
            await campaign.ProgressThroughRefusalsAsync(100);
            await database.StopAsync();
            await campaign.RefusedAsync();
            await database.StartAsync();
            await campaign.ResendAsync(abandonSome: true);
        }

        campaign.StartWriting();
        await campaign.ProgressThroughRefusalsAsync(100);
        await campaign.StopWritingAsync();
        await campaign.VerifyAsync();

        var refusals = campaign.Writers.SelectMany(writer => writer.Refusals).ToList();
        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal =>
        {
            Assert.Equal("storage_unavailable", refusal.GetProperty("code").GetString());
            Assert.True(refusal.GetProperty("retryable").GetBoolean());
        });
        Assert.All(campaign.Watchers, watcher => Assert.Null(watcher.Replica.EndCode));
    }
}
