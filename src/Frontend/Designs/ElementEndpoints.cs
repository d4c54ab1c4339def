using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Designs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Json = Actors.Frontend.Designs.DesignRequestsJsonContext;

namespace Actors.Frontend.Designs;

/// <summary>Nodes and connections one by one; each write is one operation.</summary>
internal static class ElementEndpoints
{
    /// <summary><c>order</c> is the design's own: parents before children, siblings as they lie.</summary>
    public static readonly ListRules NodeRules = new(["order", "id", "type", "label"], "order", "label");

    /// <summary>Only the operation is taken from what is read; the batch that commits it has an id of its own.</summary>
    private const string OfNoBatch = "00000000-0000-7000-8000-000000000001";

    public static readonly ListRules ConnectionRules = new(["id", "from", "to"], "id", "own id, or id of a node that it joins,");

    public static Task<IResult> ListNodes(
        HttpContext context,
        string designId,
        DesignGate gate,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "type")] string? type,
        [FromQuery(Name = "parent")] string? parent) => ListAsync(
            context,
            designId,
            gate,
            query,
            (design, list) => SortedPages.Take(
                design.Nodes.Where(node => Is(type, node.Type) && Is(parent, node.Parent) && list.Finds(node.Label)),
                list,
                node => node.Id,
                list.Sort switch
                {
                    "id" => static node => node.Id,
                    "type" => static node => node.Type,
                    "label" => static node => node.Label?.ToLowerInvariant() ?? "",
                    _ => null,
                }),
            items => TypedResults.Json(items, Json.Default.PageOfNode));

    public static Task<IResult> ListConnections(
        HttpContext context,
        string designId,
        DesignGate gate,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "from")] string? from,
        [FromQuery(Name = "to")] string? to) => ListAsync(
            context,
            designId,
            gate,
            query,
            (design, list) => SortedPages.Take(
                design.Connections.Where(connection => Is(from, connection.From.Node) && Is(to, connection.To.Node) && Finds(list, connection)),
                list,
                connection => connection.Id,
                list.Sort switch
                {
                    "from" => static connection => connection.From.Node,
                    "to" => static connection => connection.To.Node,
                    _ => static connection => connection.Id,
                }),
            items => TypedResults.Json(items, Json.Default.PageOfConnection));

    public static Task<IResult> GetNode(HttpContext context, string designId, string nodeId, DesignGate gate) =>
        GetAsync(context, designId, gate, pass => AnswerNodeAsync(context, pass, nodeId));

    public static Task<IResult> GetConnection(HttpContext context, string designId, string connectionId, DesignGate gate) =>
        GetAsync(context, designId, gate, pass => AnswerConnectionAsync(context, pass, connectionId));

    public static Task<IResult> AddNode(HttpContext context, string designId, JsonElement node, DesignGate gate, DesignLimits limits) =>
        AddAsync(context, designId, gate, limits, "node.add", "node", node, async (pass, added) =>
        {
            var id = ((NodeAdd)added).Node.Id;
            context.Response.Headers.Location = $"{ApiPaths.Root}/designs/{designId}/nodes/{Uri.EscapeDataString(id)}";
            return await AnswerNodeAsync(context, pass, id, StatusCodes.Status201Created);
        });

    public static Task<IResult> AddConnection(HttpContext context, string designId, JsonElement connection, DesignGate gate, DesignLimits limits) =>
        AddAsync(context, designId, gate, limits, "connection.add", "connection", connection, async (pass, added) =>
        {
            var id = ((ConnectionAdd)added).Connection.Id;
            context.Response.Headers.Location = $"{ApiPaths.Root}/designs/{designId}/connections/{Uri.EscapeDataString(id)}";
            return await AnswerConnectionAsync(context, pass, id, StatusCodes.Status201Created);
        });

    public static Task<IResult> SetNode(HttpContext context, string designId, string nodeId, JsonElement patch, DesignGate gate) =>
        WriteAsync(context, designId, gate, new NodeSet(nodeId, patch), pass => AnswerNodeAsync(context, pass, nodeId));

    public static Task<IResult> SetConnection(HttpContext context, string designId, string connectionId, JsonElement patch, DesignGate gate) =>
        WriteAsync(context, designId, gate, new ConnectionSet(connectionId, patch), pass => AnswerConnectionAsync(context, pass, connectionId));

    public static Task<IResult> RemoveNode(HttpContext context, string designId, string nodeId, DesignGate gate) =>
        WriteAsync(context, designId, gate, new NodeRemove(nodeId), static _ => Task.FromResult<IResult>(TypedResults.NoContent()));

    public static Task<IResult> RemoveConnection(HttpContext context, string designId, string connectionId, DesignGate gate) =>
        WriteAsync(context, designId, gate, new ConnectionRemove(connectionId), static _ => Task.FromResult<IResult>(TypedResults.NoContent()));

    private static async Task<IResult> ListAsync<T>(
        HttpContext context,
        string designId,
        DesignGate gate,
        ListQuery query,
        Func<DesignDocument, ListRequest, SortedPage<T>?> take,
        Func<PageOf<T>, IResult> answer)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        var bad = query.Check(out var list);
        if ((pass.Refusal ?? bad) is { } refusal)
        {
            return refusal.ToResult();
        }

        if (await pass.Grain.GetDocument() is not { } design)
        {
            return Gone().ToResult();
        }

        return take(design, list) is { } page
            ? answer(new PageOf<T>(page.Items, page.NextCursor))
            : Refusal.Field("cursor", "is not one that this list returned").ToResult();
    }

    private static bool Finds(ListRequest list, Connection connection) =>
        list.Finds(connection.Id) || list.Finds(connection.From.Node) || list.Finds(connection.To.Node);

    private static bool Is(string? wanted, string? value) => string.IsNullOrEmpty(wanted) || wanted == value;

    private static async Task<IResult> GetAsync(HttpContext context, string designId, DesignGate gate, Func<DesignPass, Task<IResult>> answer)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Viewer);
        return pass.Refusal is { } refusal ? refusal.ToResult() : await answer(pass);
    }

    /// <summary>The body goes through the reader of batches, so that it meets the same rules as over the hub.</summary>
    private static async Task<IResult> AddAsync(
        HttpContext context,
        string designId,
        DesignGate gate,
        DesignLimits limits,
        string op,
        string field,
        JsonElement element,
        Func<DesignPass, Operation, Task<IResult>> answer)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        var batch = JsonSerializer.SerializeToElement(new JsonObject
        {
            ["batchId"] = OfNoBatch,
            ["baseRevision"] = pass.Header.Revision,
            ["operations"] = new JsonArray(new JsonObject { ["op"] = op, [field] = JsonNode.Parse(element.GetRawText()) }),
        });
        if (!BatchReader.TryRead(batch, limits, out var read, out var malformed))
        {
            return malformed.ToResult();
        }

        var sent = read.Operations[0];
        return await OperationEndpoints.SubmitOneAsync(context, pass, sent) switch
        {
            SubmitResult.Refused refused => refused.Error.ToResult(),
            SubmitResult.Committed { Ignored.IsEmpty: false } => new Refusal(ErrorCodes.ConnectionDangling, "What it refers to was removed meanwhile.").ToResult(),
            SubmitResult.Committed committed => await answer(pass, committed.Operations is { } changed ? changed[0] : sent),
            _ => throw new InvalidOperationException("Unknown result."),
        };
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context,
        string designId,
        DesignGate gate,
        Operation operation,
        Func<DesignPass, Task<IResult>> answer)
    {
        var pass = await gate.OpenAsync(context, designId, ProjectRole.Editor);
        if (pass.Refusal is { } refusal)
        {
            return refusal.ToResult();
        }

        return await OperationEndpoints.SubmitOneAsync(context, pass, operation) switch
        {
            SubmitResult.Refused refused => refused.Error.ToResult(),
            SubmitResult.Committed { Ignored.IsEmpty: false } => Missing().ToResult(),
            _ => await answer(pass),
        };
    }

    private static async Task<IResult> AnswerNodeAsync(HttpContext context, DesignPass pass, string id, int status = StatusCodes.Status200OK)
    {
        if (await pass.Grain.GetPart(id) is not { Node: { } node } part)
        {
            return Missing().ToResult();
        }

        context.Response.SetVersion(part.Revision);
        return TypedResults.Json(new NodeReply(part.Revision, node), Json.Default.NodeReply, statusCode: status);
    }

    private static async Task<IResult> AnswerConnectionAsync(HttpContext context, DesignPass pass, string id, int status = StatusCodes.Status200OK)
    {
        if (await pass.Grain.GetPart(id) is not { Connection: { } connection } part)
        {
            return Missing().ToResult();
        }

        context.Response.SetVersion(part.Revision);
        return TypedResults.Json(new ConnectionReply(part.Revision, connection), Json.Default.ConnectionReply, statusCode: status);
    }

    private static Refusal Missing() => new(ErrorCodes.NotFound, "The design has no such element.");

    private static Refusal Gone() => new(ErrorCodes.NotFound, "The design was deleted meanwhile.");
}
