using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Repeats;

/// <summary>A request that may be repeated, and where to look how often it took effect.</summary>
/// <param name="Path">Below <c>/api/v1/</c>.</param>
/// <param name="Look">What is read before and after the repeat and must be the same; null where the answer says it all.</param>
/// <param name="As">Who asks, when not the administrator.</param>
internal sealed record Asked(string Path, string? Body, string? Look = null, ApiClient? As = null, byte[]? Archive = null)
{
    public HttpContent? Content()
    {
        if (Archive is not null)
            return new ByteArrayContent(Archive) { Headers = { ContentType = new MediaTypeHeaderValue("application/zip") } };

        return Body is null ? null : new StringContent(Body, Encoding.UTF8, "application/json");
    }
}

/// <summary>
/// One row for each POST that takes an <c>Idempotency-Key</c>: how to set its scene and what to ask there. Every scene is of
/// the administrator, in a project of its own.
/// </summary>
internal sealed class Repeatable(Uri server, ApiClient admin) : IDisposable
{
    private const string NoBody = "{}";

    private readonly List<ApiClient> _guests = [];

    public IReadOnlyDictionary<string, Func<Task<Asked>>> Rows => new Dictionary<string, Func<Task<Asked>>>(StringComparer.Ordinal)
    {
        ["CreateProject"] = () => Of("projects", """{"name":"P"}""", "projects?limit=100"),
        ["AddMember"] = async () => new Asked($"projects/{await ProjectAsync()}/members", Json(new { email = (await GuestAsync()).Email, role = "viewer" })),
        ["TransferProject"] = async () => await WithMemberAsync((project, member) =>
            new Asked($"projects/{project}/transfer", Json(new { accountId = member.AccountId }), $"projects/{project}/members")),
        ["LeaveProject"] = async () => await WithMemberAsync((project, member) => new Asked($"projects/{project}/leave", NoBody, As: member)),
        ["CreateInvitation"] = async () => await InProjectAsync("invitations", """{"email":"somebody@example.org","role":"viewer"}""", "invitations"),
        ["AcceptInvitation"] = async () => await InvitedAsync("invitations/{1}/accept"),
        ["DeclineInvitation"] = async () => await InvitedAsync("invitations/{1}/decline"),
        ["AcceptMyInvitation"] = async () => await InvitedAsync("auth/invitations/{0}/accept"),
        ["DeclineMyInvitation"] = async () => await InvitedAsync("auth/invitations/{0}/decline"),
        ["CreateDesign"] = async () => await InProjectAsync("designs", """{"name":"D","kind":"wireframe"}""", "designs"),
        ["ImportDesign"] = async () => await InProjectAsync("designs/import", """{"nodes":[{"id":"1","type":"input","position":{"x":0,"y":0},"data":{"label":"Start"}}],"edges":[]}""", "designs"),
        ["DuplicateDesign"] = async () => await InDesignAsync("duplicate", """{"name":"Copy"}"""),
        ["SaveAsTemplate"] = async () => await InDesignAsync("template", """{"name":"T"}"""),
        ["CreateDesignFromTemplate"] = async () => await InProjectAsync("designs/from-template", Json(new { templateId = await TemplateAsync() }), "designs"),
        ["SubmitBatch"] = async () => await InDesignAsync("operations", Json(new { batchId = Guid.NewGuid(), baseRevision = 1, operations = new[] { Edits.Add("n") } })),
        ["UndoBatch"] = async () => await InDesignAsync("undo", NoBody),
        ["RedoBatch"] = async () => await InDesignAsync("redo", NoBody, async design => (await admin.PostAsync($"designs/{design}/undo", new { })).Expect()),
        ["RestoreDesign"] = async () => await InDesignAsync("restore", """{"revision":1}"""),
        ["AddNode"] = async () => await InDesignAsync("nodes", """{"id":"b","type":"text","x":0,"y":0,"props":{"text":"B"}}"""),
        ["AddConnection"] = async () => await InProcessAsync("connections", """{"id":"c2","from":{"node":"once","port":"out"},"to":{"node":"ask","port":"in"}}"""),
        ["FixDesign"] = async () => await FixAsync(),
        ["CreateVersion"] = async () => await InDesignAsync("versions", """{"name":"V"}""", look: "versions"),
        ["StartThread"] = async () => await InDesignAsync("comments", """{"text":"One"}""", look: "comments"),
        ["ReplyToThread"] = async () => await InThreadAsync("replies", """{"text":"Two"}"""),
        ["ResolveThread"] = async () => await InThreadAsync("resolve", NoBody),
        ["ReopenThread"] = async () => await InThreadAsync("reopen", NoBody, "resolve"),
        ["StartRun"] = async () => await InProcessAsync("runs", NoBody, "runs"),
        ["RunNode"] = async () => await InProcessAsync("nodes/once/run", NoBody, "runs"),
        ["ReplayRun"] = async () => new Asked($"runs/{await RunAsync("failed", "fail")}/replay", NoBody),
        ["CreateUiComponent"] = async () => await InProjectAsync(
            "ui-components", """{"title":"Price tag","drawing":[{"shape":"rectangle","fill":"#fef3c7"}]}""", "ui-components?origin=project"),
        ["CancelRun"] = async () => await InRunAsync("cancel"),
        ["PauseRun"] = async () => await InRunAsync("pause"),
        ["ResumeRun"] = async () => await InRunAsync("resume", async run => (await admin.PostAsync($"runs/{run}/pause", new { })).Expect()),
        ["RetryRun"] = async () => await RetryAsync(),
        ["AnswerRun"] = async () => await AnswerAsync(),
        ["CreateTrigger"] = async () => await TriggerAsync(),
        ["FireTrigger"] = async () => await InTriggerAsync("fire", "firings"),
        ["RollTriggerToken"] = async () => await InTriggerAsync("token", null),
        ["WriteFile"] = async () => await InFilesAsync("files", """{"path":"b.txt","content":"B"}"""),
        ["OperateFiles"] = async () => await InFilesAsync("file-operations", """{"op":"move","from":"a.txt","to":"c.txt"}"""),
        ["RestoreFileVersion"] = async () => await InFilesAsync("file-versions", """{"path":"a.txt","version":1}"""),
        ["UploadFiles"] = async () => (await InFilesAsync("files.zip", null)) with { Archive = Zip("d.txt", "D") },
        ["NotifyEveryone"] = () => Of("admin/notifications", """{"title":"Hello","text":""}"""),
        ["MarkNotificationsRead"] = () => Of("notifications/read", """{"through":1}"""),
        ["CreateToken"] = () => Of("auth/tokens", """{"name":"Script","scopes":["read"]}""", "auth/tokens"),
        ["UnlockAccount"] = async () => new Asked($"admin/accounts/{(await GuestAsync()).AccountId}/unlock", NoBody),
        ["PermitPasswordReset"] = async () => new Asked($"admin/accounts/{(await GuestAsync()).AccountId}/password-reset", NoBody),
    };

    /// <summary>POSTs whose repeat is refused for what the first did, which is the same to who asks: the session is over.</summary>
    public static readonly IReadOnlySet<string> EndTheirOwnSession = new HashSet<string>(["LogOut"], StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var guest in _guests)
            guest.Dispose();
    }

    private static Task<Asked> Of(string path, string body, string? look = null) => Task.FromResult(new Asked(path, body, look));

    private async Task<string> ProjectAsync() => await admin.CreateProjectAsync("Scene");

    private async Task<ApiClient> GuestAsync()
    {
        var guest = await ApiClient.RegisterAsync(server, "guest");
        _guests.Add(guest);
        return guest;
    }

    private async Task<Asked> InProjectAsync(string below, string body, string look)
    {
        var project = await ProjectAsync();
        return new Asked($"projects/{project}/{below}", body, $"projects/{project}/{look}");
    }

    private async Task<Asked> WithMemberAsync(Func<string, ApiClient, Asked> ask)
    {
        var (project, member) = (await ProjectAsync(), await GuestAsync());
        await admin.AddMemberAsync(project, member, "viewer");
        return ask(project, member);
    }

    private async Task<Asked> InvitedAsync(string path)
    {
        var (project, guest) = (await ProjectAsync(), await GuestAsync());
        var invitation = (await admin.PostAsync($"projects/{project}/invitations", new { email = guest.Email, role = "viewer" })).Expect();
        var asked = path.Replace("{0}", Id(invitation), StringComparison.Ordinal).Replace("{1}", invitation.GetProperty("token").GetString(), StringComparison.Ordinal);
        return new Asked(asked, NoBody, As: guest);
    }

    /// <summary>A wireframe with the text <c>a</c>, at revision 2.</summary>
    private async Task<Asked> InDesignAsync(string below, string body, Func<string, Task>? prepare = null, string? look = null)
    {
        var design = await admin.CreateDesignAsync(await ProjectAsync(), "Scene");
        (await admin.SubmitAsync(design, Guid.NewGuid(), [Edits.Add("a")])).Expect();
        if (prepare is not null)
            await prepare(design);

        return new Asked($"designs/{design}/{below}", body, look is null ? $"designs/{design}" : $"designs/{design}/{look}");
    }

    private async Task<string> TemplateAsync()
    {
        var design = await admin.CreateDesignAsync(await ProjectAsync(), "Scene");
        return Id((await admin.PostAsync($"designs/{design}/template", new { name = "T" })).Expect());
    }

    private async Task<Asked> FixAsync()
    {
        var design = await ProcessAsync(await ProjectAsync());
        var again = JsonNode.Parse("""{"op":"connection.add","connection":{"id":"again","from":{"node":"once","port":"out"},"to":{"node":"ask","port":"in"}}}""");
        (await admin.SubmitAsync(design, Guid.NewGuid(), [again])).Expect();
        var found = (await admin.GetAsync($"designs/{design}/validation")).Expect().GetProperty("findings").EnumerateArray()
            .First(finding => finding.TryGetProperty("fix", out _)).GetProperty("id").GetString();
        return new Asked($"designs/{design}/validation/fixes", Json(new { findings = new[] { found, "nothing:such" } }), $"designs/{design}");
    }

    private async Task<Asked> InThreadAsync(string below, string body, string? prepare = null)
    {
        var design = await admin.CreateDesignAsync(await ProjectAsync(), "Scene");
        var thread = $"designs/{design}/comments/{Id((await admin.PostAsync($"designs/{design}/comments", new { text = "One" })).Expect())}";
        if (prepare is not null)
            (await admin.PostAsync($"{thread}/{prepare}", new { })).Expect();

        return new Asked($"{thread}/{below}", body, thread);
    }

    /// <summary>A process that asks a person and so waits: <c>once</c>, then <c>ask</c>.</summary>
    private async Task<string> ProcessAsync(string project, string then = "approval")
    {
        var design = await admin.CreateDesignAsync(project, "Scene", "process");
        var connection = JsonNode.Parse("""{"op":"connection.add","connection":{"id":"c","from":{"node":"once","port":"out"},"to":{"node":"ask","port":"in"}}}""");
        (await admin.SubmitAsync(
            design,
            Guid.NewGuid(),
            [Node("once", "constant", new JsonObject { ["value"] = 1 }), Node("ask", then, new JsonObject { [then == "fail" ? "message" : "question"] = "Well?" }), connection])).Expect();
        return design;
    }

    private async Task<Asked> InProcessAsync(string below, string body, string? look = null)
    {
        var design = await ProcessAsync(await ProjectAsync());
        return new Asked($"designs/{design}/{below}", body, look is null ? $"designs/{design}" : $"designs/{design}/{look}");
    }

    private async Task<string> RunAsync(string status, string then = "approval")
    {
        var run = Id((await admin.PostAsync($"designs/{await ProcessAsync(await ProjectAsync(), then)}/runs", new { })).Expect());
        await Eventually.HoldsAsync(
            async () => (await admin.GetAsync($"runs/{run}")).Expect().GetProperty("status").GetString() == status, Deadlines.Answer, $"the run is {status}");
        return run;
    }

    private async Task<Asked> InRunAsync(string below, Func<string, Task>? prepare = null)
    {
        var run = await RunAsync("waiting");
        if (prepare is not null)
            await prepare(run);

        return new Asked($"runs/{run}/{below}", NoBody);
    }

    private async Task<Asked> RetryAsync() => new($"runs/{await RunAsync("failed", "fail")}/retry", NoBody);

    private async Task<Asked> AnswerAsync()
    {
        var run = await RunAsync("waiting");
        var wait = Id((await admin.GetAsync($"runs/{run}/waits")).Expect().GetProperty("items")[0]);
        return new Asked($"runs/{run}/answers/{wait}", """{"approved":true}""");
    }

    private async Task<Asked> TriggerAsync()
    {
        var project = await ProjectAsync();
        return new Asked(
            $"projects/{project}/triggers", Json(new { name = "Hook", designId = await ProcessAsync(project), kind = "webhook" }), $"projects/{project}/triggers");
    }

    private async Task<Asked> InTriggerAsync(string below, string? look)
    {
        var project = await ProjectAsync();
        var trigger = Id((await admin.PostAsync($"projects/{project}/triggers", new { name = "Hook", designId = await ProcessAsync(project), kind = "webhook" })).Expect().GetProperty("trigger"));
        return new Asked($"projects/{project}/triggers/{trigger}/{below}", NoBody, look is null ? null : $"projects/{project}/triggers/{trigger}/{look}");
    }

    /// <summary>A project with two versions of <c>a.txt</c>.</summary>
    private async Task<Asked> InFilesAsync(string below, string? body)
    {
        var project = await ProjectAsync();
        foreach (var content in new[] { "A", "AA" })
            (await admin.PostAsync($"projects/{project}/files", new { path = "a.txt", content })).Expect();

        return new Asked($"projects/{project}/{below}", body, $"projects/{project}/files");
    }

    private static byte[] Zip(string path, string content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = archive.CreateEntry(path).Open())
            entry.Write(Encoding.UTF8.GetBytes(content));

        return bytes.ToArray();
    }

    private static JsonObject Node(string id, string type, JsonObject props)
    {
        var add = Edits.Add(id, type: type);
        add["node"]!["props"] = props;
        return add;
    }

    private static string Json(object body) => JsonSerializer.Serialize(body, JsonSerializerOptions.Web);

    private static string Id(JsonElement resource) => resource.GetProperty("id").GetString()!;
}
