using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Domain.Lists;
using Actors.Domain.Notifications;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Interfaces.Secrets;
using Actors.Grains.Runs.Services;
using Actors.Grains.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Runs;

/// <summary>What components ask of their host.</summary>
public sealed class RunServicesTests : IAsyncLifetime
{
    private const string Project = "prj_01k9x2m4n6p8r0t2v4x6z8a0b2";
    private const string Design = "dsg_01k9x2m4n6p8r0t2v4x6z8a0b2";
    private const string Other = "dsg_01k9x2m4n6p8r0t2v4x6z8a0b3";
    private const string RunId = "run_01k9x2m4n6p8r0t2v4x6z8a0b2";

    private static readonly DesignCaller Ann = new(new Author("usr_ann", AuthorKind.User), true);

    private readonly ProbeComponent _probe = new(EffectClass.Keyed);
    private TestSilo _silo = null!;

    private IRunGrain Run => _silo.Grains.GetGrain<IRunGrain>(RunId);

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync(
            services =>
            {
                services.AddSingleton<IComponent>(_probe);
                services.AddSingleton<IComponentCatalog>(ComponentCatalog.BuiltIn.With(_probe.Descriptor));
            },
            ("Runs:StorageRetry", "0:00:00.010"));
        var project = _silo.Grains.GetGrain<IProjectGrain>(Project);
        Assert.IsType<ProjectReply.Done>(await project.Create(new NewProject("usr_ann", "Site", null)).InTime());
        Assert.IsType<ProjectReply.Done>(await project.AddMember(new MemberChange("usr_ann", "usr_bob", ProjectRole.Editor)).InTime());
        Assert.IsType<ProjectReply.Done>(await project.AddMember(new MemberChange("usr_ann", "usr_eve", ProjectRole.Viewer)).InTime());
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Files_are_written_in_the_name_of_who_started_the_run_and_read_back()
    {
        _probe.Behave = (_, context, _) => Behave(context);
        var run = await RunAsync();
        Assert.Equal("""["a,b","none","path_traversal",{"path":"data/out.csv","size":3,"contentType":"text/csv","version":1}]""", ResultOf(run));

        static async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            var files = context.Service<IRunFiles>();
            var entry = await context.EffectAsync("write", (_, cancelled) => files.WriteAsync("data/out.csv", "a,b"u8.ToArray(), "text/csv", cancelled));
            var read = await files.ReadAsync("data/out.csv", CancellationToken.None);
            var none = await files.ReadAsync("data/none.csv", CancellationToken.None);
            var refused = await Assert.ThrowsAsync<ComponentException>(() => files.WriteAsync("../out.csv", default, "text/csv", CancellationToken.None).AsTask());
            yield return Token.List([Token.Of(Encoding.UTF8.GetString(read!.Content.Span)), Token.Of(none is null ? "none" : "some"), Token.Of(refused.Code), entry]);
        }
    }

    [Fact]
    public async Task A_run_waits_for_another_that_it_started()
    {
        await DesignAsync(Other, ("c", "constant", """{"value":42}"""), ("o", "output", """{"name":"answer"}"""));
        _probe.Behave = (_, context, _) => StartAsync(context, Other);
        var answer = JsonElement.Parse(ResultOf(await RunAsync()));
        Assert.Equal(("completed", "[42]"), (answer.GetProperty("status").GetString(), answer.GetProperty("outputs").GetProperty("answer").GetRawText()));
        var child = await _silo.Grains.GetGrain<IRunGrain>(answer.GetProperty("runId").GetString()!).GetHeader();
        Assert.Equal((1, "usr_ann"), (child!.Depth, child.StartedBy));
    }

    [Fact]
    public async Task Runs_that_start_runs_end_at_a_depth()
    {
        _probe.Behave = (_, context, _) => StartAsync(context, Design);
        var run = await RunAsync();
        Assert.Equal("completed", run.Run.Status);
        Assert.Equal(RunStarter.MaximumDepth + 1, await _silo.Catalog.CountAsync("run", Project, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_is_cancelled_takes_along_what_it_started()
    {
        await DesignAsync(Other, ("c", "constant", """{"value":1}"""), ("a", "approval", """{"question":"Go on?"}"""), ("o", "output", """{"name":"result"}"""));
        _probe.Behave = (_, context, _) => StartAsync(context, Other);
        await StartRunAsync();
        IReadOnlyList<Storage.CatalogLink> children = [];
        await Wait.UntilAsync(async () => (children = await _silo.Catalog.LinksFromAsync("run.child", RunId, CancellationToken.None)).Count == 1);
        Assert.Null(await Run.Cancel().InTime());
        await Wait.UntilAsync(async () => (await _silo.Grains.GetGrain<IRunGrain>(children[0].To).GetHeader())?.Status == "cancelled");
    }

    [Fact]
    public async Task A_design_of_another_project_is_not_started()
    {
        _probe.Behave = (_, context, _) => StartAsync(context, "dsg_01k9x2m4n6p8r0t2v4x6z8a0b9");
        var run = await RunAsync();
        Assert.Equal(("failed", ErrorCodes.NotFound), (run.Run.Status, run.Run.Error!.Code));
    }

    [Theory]
    [InlineData("""["usr_bob","usr_eve","usr_stranger"]""", 0, 1)]
    [InlineData("[]", 1, 1)]
    public async Task Those_who_may_answer_are_told_once_that_a_run_waits(string assignees, int ann, int bob)
    {
        _probe.Behave = (_, context, _) => AskAsync(context, assignees);
        await StartRunAsync();
        await Wait.UntilAsync(async () => (await Run.GetWaits()).Length == 1 && (await InboxAsync("usr_bob")).Length == 1);
        await _silo.RestartAsync();
        await Run.Wake();
        var wait = Assert.Single(await Run.GetWaits());
        Assert.Null(await Run.Answer(wait.Id, Token.Of("yes")).InTime());
        await EndAsync();

        Assert.Equal((ann, bob, 0), (await AskedAsync("usr_ann"), await AskedAsync("usr_bob"), await AskedAsync("usr_eve")));
        var told = Assert.Single(await InboxAsync("usr_bob"));
        Assert.Equal((NotificationKinds.ApprovalRequested, "Publish?", wait.Id), (told.Kind, told.Text, told.Subject!["waitId"]));

        async Task<int> AskedAsync(string account) => (await InboxAsync(account)).Count(told => told.Kind == NotificationKinds.ApprovalRequested);

        static async IAsyncEnumerable<Output> AskAsync(IExecutionContext context, string assignees)
        {
            var details = Token.Of(JsonElement.Parse($$"""{"question":"Publish?","assignees":{{assignees}} }"""));
            yield return (await context.WaitAsync(new OutsideQuestion("approval", details)))!;
        }
    }

    [Fact]
    public async Task Members_are_told_once_and_strangers_never()
    {
        _probe.Behave = (_, context, _) => Behave(context);
        Assert.Equal("\"recipient_unknown\"", ResultOf(await RunAsync()));
        foreach (var account in new[] { "usr_ann", "usr_bob", "usr_eve" })
            Assert.Equal(("Done", "all is well"), Assert.Single(await InboxAsync(account)) is var told ? (told.Title, told.Text) : default);

        Assert.Empty(await InboxAsync("usr_stranger"));

        static async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            var room = context.Service<IRunRoom>();
            var id = new EffectId("0123456789abcdef0123456789abcdef");
            await room.NotifyAsync(id, new RunNotification("success", "Done", "all is well", []), CancellationToken.None);
            await room.NotifyAsync(id, new RunNotification("success", "Done", "all is well", []), CancellationToken.None);
            var refused = await Assert.ThrowsAsync<ComponentException>(() =>
                room.NotifyAsync(id, new RunNotification("info", null, "hello", ["usr_stranger"]), CancellationToken.None).AsTask());
            yield return Token.Of(refused.Code);
        }
    }

    [Fact]
    public async Task A_secret_that_was_opened_is_in_no_output_error_or_journal()
    {
        const string Value = "correct-horse-battery";
        Assert.IsType<SecretReply.Done>(await _silo.Grains.GetGrain<ISecretsGrain>(Project).Set(new SecretSetting("usr_ann", "key", Value)).InTime());
        _probe.Behave = (_, context, _) => Behave(context);
        await StartRunAsync();
        var run = await EndAsync();
        Assert.Equal("failed", run.Run.Status);
        Assert.Equal("the server said ***", run.Run.Error!.Detail);
        await foreach (var entry in _silo.Journal.Stored.ReadAsync($"run/{RunId}", 0, 1000, CancellationToken.None))
            Assert.DoesNotContain(Value, Encoding.Latin1.GetString(entry.Payload.Span), StringComparison.Ordinal);

        static async IAsyncEnumerable<Output> Behave(IExecutionContext context)
        {
            var secrets = context.Service<IRunSecrets>();
            Assert.Null(await secrets.FindAsync("none", CancellationToken.None));
            var value = await secrets.FindAsync("key", CancellationToken.None);
            Assert.Equal(Value, value);
            await context.EffectAsync($"sends {value}", (_, _) => ValueTask.FromResult(Token.Of($"echo {value}")));
            context.Heartbeat(null, $"sent {value}");
            yield return Token.Of(value!);
            throw new ComponentException("refused", $"the server said {value}", retryable: false);
        }
    }

    private static async IAsyncEnumerable<Output> StartAsync(IExecutionContext context, string design)
    {
        var starter = context.Service<IRunStarter>();
        yield return (await context.WaitAsync(
            new OutsideQuestion("run", Token.Empty),
            (wait, cancelled) => starter.StartRunAsync(wait, design, null, ImmutableDictionary<string, IReadOnlyList<Token>>.Empty, cancelled)))!;
    }

    private async Task<RunView> RunAsync()
    {
        await StartRunAsync();
        return await EndAsync();
    }

    private async Task StartRunAsync()
    {
        await DesignAsync(Design, ("c", "constant", """{"value":1}"""), ("p", "probe", "{}"), ("o", "output", """{"name":"result"}"""));
        var started = await Run.Start(new NewRun(Design, "usr_ann", null, RunDurability.Firing, ImmutableDictionary<string, ImmutableArray<Token>>.Empty)).InTime();
        Assert.Null(started.Refusal);
    }

    /// <summary>Nodes in a row.</summary>
    private async Task DesignAsync(string id, params (string Id, string Type, string Props)[] nodes)
    {
        var connections = nodes.Zip(nodes.Skip(1), (from, to) => new Connection { Id = $"{from.Id}{to.Id}", From = new Endpoint(from.Id, "out"), To = new Endpoint(to.Id, "in") });
        var created = await _silo.Grains.GetGrain<IDesignGrain>(id).Create(Ann, new NewDesign(
            Project,
            id,
            DesignKind.Process,
            null,
            null,
            [.. nodes.Select((node, i) => new Node { Id = node.Id, Type = node.Type, Props = JsonElement.Parse(node.Props), Order = $"a{i}" })],
            [.. connections])).InTime();
        Assert.Null(created.Refusal);
    }

    private async Task<RunView> EndAsync()
    {
        RunView? view = null;
        await Wait.UntilAsync(async () => (view = await Run.Get())!.Run.EndedAt is not null);
        return view!;
    }

    private static string ResultOf(RunView run)
    {
        Assert.True(run.Run.Status == "completed", $"{run.Run.Status}: {run.Run.Error?.Code} {run.Run.Error?.Detail}");
        return Encoding.UTF8.GetString(Assert.Single(run.Outputs["result"]).Utf8.Span);
    }

    private async Task<ImmutableArray<Notification>> InboxAsync(string account) =>
        Assert.IsType<NotificationPageReply.Page>(await _silo.Grains.GetGrain<IInboxGrain>(account).List(new NotificationQuery(new ListRequest(50)))).Items;
}
