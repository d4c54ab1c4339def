using System.Text;
using Actors.Components;
using Actors.Domain.Execution;
using Actors.Grains.Runs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Runs;

/// <summary>Tokens of more than 32 KiB.</summary>
public sealed class LargeTokenTests
{
    [Theory]
    [InlineData(40_000, 1)]
    [InlineData(40_000, 3)]
    [InlineData(200_000, 2)]
    [Spec("DU-09")]
    public async Task A_large_token_is_stored_once_and_referred_to_and_comes_back_after_a_restart(int size, int count)
    {
        var text = new string('x', size);
        await using var harness = await RunHarness.StartAsync((_, _, _) => EmitAsync(text, count));
        await harness.StartRunAsync();
        await harness.EndAsync("completed");
        var token = Token.Of(text);
        var blob = await harness.Silo.Services.GetRequiredService<IBlobStore>().GetAsync(
            RunBlobs.PrefixOf("run_1") + token.NameBlob()["token/".Length..], CancellationToken.None);
        Assert.Equal(token.Size, blob!.Content.Length);
        await foreach (var entry in harness.Silo.Journal.Stored.ReadAsync("run/run_1", 0, 1_000, CancellationToken.None))
        {
            Assert.DoesNotContain(text[..1_000], Encoding.Latin1.GetString(entry.Payload.Span), StringComparison.Ordinal);
        }

        await AllAsync();
        await harness.Silo.RestartAsync();
        await AllAsync();

        async Task AllAsync()
        {
            var view = (await harness.Run.Get().InTime())!;
            Assert.Equal(count, view.OutputCounts["result"]);
            Assert.All(view.Outputs["result"], output => Assert.Equal(text, output.Json.GetString()));
            Assert.Equal(size < 64 * 1024, !view.Outputs["result"].IsEmpty);
            for (var after = 0; after < count; after++)
            {
                var page = (await harness.Run.GetOutput("result", after, 1).InTime())!;
                Assert.Equal((count, text), (page.Total, Assert.Single(page.Items).Json.GetString()));
            }
        }
    }

    [Fact]
    public async Task A_large_token_that_waits_in_a_connection_is_there_after_a_restart()
    {
        var text = new string('x', 100_000);
        await using var harness = await RunHarness.StartAsync((firing, context, _) => context.NodeId == "p" ? EmitAsync(text, 1) : PassAsync(firing, context));
        await harness.DesignAsync(
            "dsg_2",
            ["c>p", "p>q", "q>o"],
            RunHarness.Node("c", "constant", """{"value":1}"""),
            RunHarness.Node("p", "probe"),
            RunHarness.Node("q", "probe"),
            RunHarness.Node("o", "output", """{"name":"result"}"""));
        await harness.StartRunAsync(design: "dsg_2");
        await Wait.UntilAsync(async () => (await harness.Run.GetWaits()).Length == 1);
        await harness.Silo.RestartAsync();
        await Wait.UntilAsync(async () => (await harness.Run.GetWaits()).Length == 1);
        var wait = Assert.Single(await harness.Run.GetWaits());
        Assert.Null(await harness.Run.Answer(wait.Id, Token.True).InTime());
        await harness.EndAsync("completed");

        Assert.Equal(text, Assert.Single((await harness.Run.GetOutput("result", 0, 1).InTime())!.Items).Json.GetString());

        static async IAsyncEnumerable<Output> PassAsync(IFiring firing, IExecutionContext context)
        {
            await context.WaitAsync(new OutsideQuestion("approval", Token.Empty));
            yield return firing[0]!;
        }
    }

    private static async IAsyncEnumerable<Output> EmitAsync(string text, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return Token.Of(text);
        }
    }
}
