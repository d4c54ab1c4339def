using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Domain.Versions;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;
using Json = Actors.Frontend.Designs.DesignRequestsJsonContext;

namespace Actors.Frontend.Designs;

/// <summary>Designs over REST: the same grain calls as over the hub.</summary>
public static class DesignEndpoints
{
    public static IEndpointRouteBuilder MapDesigns(this IEndpointRouteBuilder api)
    {
        var ofProject = api.MapGroup("/projects/{projectId}/designs").WithTags("Designs").RequireAuthorization();
        ofProject.MapGet("/", List).WithName("ListDesigns").WithSummary("The project's designs, newest first").WithList(ListEndpoints.Catalog).Produces<PageOf<DesignHeader>>()
            .Needs(ProjectRole.Viewer).Describes("kind", "`wireframe` or `process`.")
            .Example(response: EndpointDocumentation.PageOf(DesignExamples.Header));
        ofProject.MapPost("/", Create).WithName("CreateDesign").WithSummary("Creates an empty design").Produces<DesignDocument>(StatusCodes.Status201Created)
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.LimitReached, ErrorCodes.PropertyInvalid).Example(DesignExamples.New, DesignExamples.Document);
        ofProject.MapPost("/import", InterchangeEndpoints.Import).WithName("ImportDesign")
            .WithSummary("Makes a design from a file: Excalidraw scene or library, React Flow, or our own JSON")
            .Produces<ImportedDesign>(StatusCodes.Status201Created)
            .Needs(ProjectRole.Editor).Takes(typeof(IDictionary<string, JsonElement>)).Refuses(ErrorCodes.FormatUnknown, ErrorCodes.ImportInvalid, ErrorCodes.LimitReached)
            .Describes("format", "`excalidraw`, `reactflow` or `json`; told by the content when it is not given.").Describes("name", "The design's name; the file's own by default.")
            .Example(DesignExamples.File, DesignExamples.Imported);

        var design = api.MapGroup("/designs/{designId}").WithTags("Designs").RequireAuthorization();
        design.MapGet("/", Get).WithName("GetDesign").WithSummary("The whole design, now or at a revision").Produces<DesignDocument>()
            .Needs(ProjectRole.Viewer).Versioned().Refuses(ErrorCodes.RevisionUnknown).Example(response: DesignExamples.Document);
        design.MapPatch("/", Change).WithName("ChangeDesign").WithSummary("Sets name, description or settings (merge patch)").Produces<DesignDocument>()
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(IDictionary<string, JsonElement>)).Refuses(DesignExamples.OperationCodes).Example(DesignExamples.Patch, DesignExamples.Document);
        design.MapDelete("/", Delete).WithName("DeleteDesign").WithSummary("Deletes the design").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Versioned();
        design.MapPost("/duplicate", Duplicate).WithName("DuplicateDesign").WithSummary("Copies the design; into another project with the role viewer here and editor there").Produces<DesignDocument>(StatusCodes.Status201Created)
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.RevisionUnknown, ErrorCodes.LimitReached).Example(DesignExamples.Copy, DesignExamples.Document);
        design.MapGet("/export", ExportEndpoint.Export).WithName("ExportDesign").WithSummary("The design, or a frame of it, as a file of another form")
            .Needs(ProjectRole.Viewer).Refuses(ErrorCodes.FormatUnknown, ErrorCodes.RevisionUnknown)
            .Describes("format", "`json` (the default), `svg`, `png`, `reactflow`; of a wireframe `html`, `html-zip` and `react`, of a process `mermaid`.")
            .Describes("nodeId", "Only this node and what is in it.").Describes("scale", "Pixels of a `png` for each unit of the design.")
            .AnswersAlso("application/json", "image/svg+xml", "image/png", "text/html", "application/zip", "text/vnd.mermaid");
        design.MapPost("/operations", OperationEndpoints.Submit).WithName("SubmitBatch").WithSummary("Commits a batch of operations").Produces<SubmitResult>()
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(Batch)).Refuses(DesignExamples.OperationCodes).Example(DesignExamples.Batch, DesignExamples.Committed);
        design.MapPost("/undo", OperationEndpoints.Undo).WithName("UndoBatch").WithSummary("Takes back your last batch, as far as it is still yours").Produces<SubmitResult>()
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.NothingToUndo).Example(response: DesignExamples.Committed);
        design.MapPost("/redo", OperationEndpoints.Redo).WithName("RedoBatch").WithSummary("Does again what you took back last").Produces<SubmitResult>()
            .Needs(ProjectRole.Editor).Refuses(ErrorCodes.NothingToRedo).Example(response: DesignExamples.Committed);
        design.MapGet("/changes", OperationEndpoints.Changes).WithName("ListChanges")
            .WithSummary("Changes after a revision; follows them as server-sent events when asked for text/event-stream")
            .Produces<PageOf<Change>>()
            .Needs(ProjectRole.Viewer).Describes("after", "Only changes after this revision; 0 by default.").DescribesChanges().AnswersAlso("text/event-stream")
            .Example(response: EndpointDocumentation.PageOf(DesignExamples.Change));
        design.MapGet("/compare", PastEndpoints.Compare).WithName("CompareDesign")
            .WithSummary("How the design at one revision or version differs from itself at another, and the operations that lead there")
            .Produces<DesignComparison>()
            .Needs(ProjectRole.Viewer).Refuses(ErrorCodes.RevisionUnknown)
            .Describes("from", "The revision from which is told: a number, or the id of a version.").Describes("to", "The revision to which is told; the newest by default.")
            .Example(response: VersionExamples.Comparison);
        design.MapPost("/restore", PastEndpoints.Restore).WithName("RestoreDesign")
            .WithSummary("Gives the design the contents of a revision or version, as a new change that can be undone").Produces<SubmitResult>()
            .Needs(ProjectRole.Editor).Versioned().Refuses(DesignExamples.OperationCodes).Refuses(ErrorCodes.RevisionUnknown)
            .Example(VersionExamples.Restore, DesignExamples.Committed);
        design.MapGet("/history", PastEndpoints.History).WithName("ListHistory")
            .WithSummary("Who did what, grouped by author and minute, newest first").Produces<PageOf<HistoryEntry>>()
            .Needs(ProjectRole.Viewer).DescribesChanges()
            .Describes("since", "Only what was done at this moment or later: ISO 8601 with offset.").Describes("until", "Only what was done before this moment.")
            .Example(response: EndpointDocumentation.PageOf(VersionExamples.HistoryEntry));
        design.MapVersions();
        design.MapValidation();
        design.MapGet("/nodes", ElementEndpoints.ListNodes).WithName("ListNodes").WithSummary("The design's nodes").WithList(ElementEndpoints.NodeRules).Produces<PageOf<Node>>()
            .Needs(ProjectRole.Viewer).Describes("type", "Only nodes of this type.").Describes("parent", "Only nodes in this one.")
            .Example(response: EndpointDocumentation.PageOf(DesignExamples.Node));
        design.MapPost("/nodes", ElementEndpoints.AddNode).WithName("AddNode").WithSummary("Adds a node").Produces<NodeReply>(StatusCodes.Status201Created)
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(Node)).Refuses(DesignExamples.OperationCodes).Example(DesignExamples.NewNode, DesignExamples.NodeReply);
        design.MapGet("/nodes/{nodeId}", ElementEndpoints.GetNode).WithName("GetNode").WithSummary("One node").Produces<NodeReply>()
            .Needs(ProjectRole.Viewer).Example(response: DesignExamples.NodeReply);
        design.MapPatch("/nodes/{nodeId}", ElementEndpoints.SetNode).WithName("SetNode").WithSummary("Changes a node (merge patch)").Produces<NodeReply>()
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(IDictionary<string, JsonElement>)).Refuses(DesignExamples.OperationCodes).Example(DesignExamples.NodePatch, DesignExamples.NodeReply);
        design.MapDelete("/nodes/{nodeId}", ElementEndpoints.RemoveNode).WithName("RemoveNode").WithSummary("Removes a node, its children and their connections").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Versioned();
        design.MapGet("/connections", ElementEndpoints.ListConnections).WithName("ListConnections").WithSummary("The design's connections").WithList(ElementEndpoints.ConnectionRules).Produces<PageOf<Connection>>()
            .Needs(ProjectRole.Viewer).Describes("from", "Only connections from this node.").Describes("to", "Only connections to this node.")
            .Example(response: EndpointDocumentation.PageOf(DesignExamples.Connection));
        design.MapPost("/connections", ElementEndpoints.AddConnection).WithName("AddConnection").WithSummary("Connects two ports").Produces<ConnectionReply>(StatusCodes.Status201Created)
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(Connection)).Refuses(DesignExamples.OperationCodes).Example(DesignExamples.NewConnection, DesignExamples.ConnectionReply);
        design.MapGet("/connections/{connectionId}", ElementEndpoints.GetConnection).WithName("GetConnection").WithSummary("One connection").Produces<ConnectionReply>()
            .Needs(ProjectRole.Viewer).Example(response: DesignExamples.ConnectionReply);
        design.MapPatch("/connections/{connectionId}", ElementEndpoints.SetConnection).WithName("SetConnection").WithSummary("Changes a connection (merge patch)").Produces<ConnectionReply>()
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(IDictionary<string, JsonElement>)).Refuses(DesignExamples.OperationCodes).Example(DesignExamples.ConnectionPatch, DesignExamples.ConnectionReply);
        design.MapDelete("/connections/{connectionId}", ElementEndpoints.RemoveConnection).WithName("RemoveConnection").WithSummary("Removes a connection").Produces(StatusCodes.Status204NoContent)
            .Needs(ProjectRole.Editor).Versioned();
        return api;
    }

    /// <summary>Creates the design's grain with contents and answers it whole.</summary>
    internal static async Task<(DesignDocument? Design, Refusal? Refusal)> CreateAsync(
        HttpContext context,
        IGrainFactory grains,
        Identifiers identifiers,
        NewDesign design)
    {
        var id = identifiers.Create(Identifier.Design);
        var reply = await grains.GetGrain<IDesignGrain>(id).Create(DesignGate.CallerOf(context.GetCaller(), ProjectRole.Editor), design);
        if (reply.Design is { } created)
        {
            context.Response.Headers.Location = $"{ApiPaths.Root}/designs/{created.Id}";
            context.Response.SetVersion(created.Revision);
        }

        return (reply.Design, reply.Refusal);
    }

    private static async Task<IResult> List(
        HttpContext context,
        string projectId,
        DesignGate gate,
        IGrainFactory grains,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "kind")] string? kind)
    {
        var unknownKind = ListFilters.Choice("kind", kind, out var word, "wireframe", "process");
        if ((query.Check(out var list) ?? unknownKind ?? await gate.RefuseAsync(context, projectId, ProjectRole.Viewer)) is { } refusal)
        {
            return refusal.ToResult();
        }

        DesignKind? ofKind = word switch
        {
            "wireframe" => DesignKind.Wireframe,
            "process" => DesignKind.Process,
            _ => null,
        };
        var designs = await grains.GetGrain<IDesignDirectoryGrain>(0).List(projectId, new DesignListQuery(list, ofKind));
        return designs.Refusal is { } refused
            ? refused.ToResult()
            : TypedResults.Json(new PageOf<DesignHeader>(designs.Items, designs.NextCursor), Json.Default.PageOfDesignHeader);
    }

    private static async Task<IResult> Create(
        HttpContext context,
        string projectId,
        CreateDesignRequest request,
        DesignGate gate,
        IGrainFactory grains,
        Identifiers identifiers)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } refusal)
        {
            return refusal.ToResult();
        }

        if (request.Kind is not { } kind)
        {
            return Refusal.Field("kind", "must be 'wireframe' or 'process'").ToResult();
        }

        var (design, refused) = await CreateAsync(
            context, grains, identifiers, new NewDesign(projectId, request.Name ?? "", kind, request.Description, null, [], []));
        return refused is null
            ? TypedResults.Json(design, Json.Default.DesignDocument, statusCode: StatusCodes.Status201Created)
            : refused.ToResult();
    }

    private static async Task<IResult> Get(
        HttpContext context,
        string designId,
        DesignGate gate,
        IGrainFactory grains,
        [FromQuery(Name = "revision")] string? revision)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var (design, refused) = await Revisions.ReadAsync(pass, grains, revision);
        if (design is null)
        {
            return refused!.ToResult();
        }

        context.Response.SetVersion(design.Revision);
        return context.Request.HasVersion(design.Revision)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(design, Json.Default.DesignDocument);
    }

    private static async Task<IResult> Change(HttpContext context, string designId, JsonElement patch, DesignGate gate)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var result = await OperationEndpoints.SubmitOneAsync(context, pass, new DesignSet(patch));
        if (result is SubmitResult.Refused refused)
        {
            return refused.Error.ToResult();
        }

        var design = await pass.Grain.GetDocument();
        if (design is null)
        {
            return new Refusal(ErrorCodes.NotFound, "The design was deleted meanwhile.").ToResult();
        }

        context.Response.SetVersion(design.Revision);
        return TypedResults.Json(design, Json.Default.DesignDocument);
    }

    private static async Task<IResult> Delete(HttpContext context, string designId, DesignGate gate)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        return await pass.Grain.Delete(pass.Caller, context.Request.ExpectedVersion()) is { } refused ? refused.ToResult() : TypedResults.NoContent();
    }

    private static async Task<IResult> Duplicate(
        HttpContext context,
        string designId,
        DuplicateDesignRequest request,
        DesignGate gate,
        IGrainFactory grains,
        Identifiers identifiers)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var projectId = request.ProjectId ?? pass.Header.ProjectId;
        if ((Identifier.Check(Identifier.Project, projectId, "projectId") ?? await gate.RefuseAsync(context, projectId, ProjectRole.Editor)) is { } closed)
        {
            return closed.ToResult();
        }

        if (request is { Revision: not null, VersionId: not null })
        {
            return Refusal.Field("versionId", "names a revision, and so does revision; give one of them").ToResult();
        }

        var (original, unread) = await Revisions.ReadAsync(pass, grains, request.VersionId ?? request.Revision?.ToString(CultureInfo.InvariantCulture));
        if (original is null)
        {
            return unread!.ToResult();
        }

        var (design, refused) = await CreateAsync(context, grains, identifiers, new NewDesign(
            projectId,
            request.Name ?? $"Copy of {original.Name}",
            original.Kind,
            original.Description,
            original.Settings,
            original.Nodes,
            original.Connections));
        return refused is null
            ? TypedResults.Json(design, Json.Default.DesignDocument, statusCode: StatusCodes.Status201Created)
            : refused.ToResult();
    }
}
