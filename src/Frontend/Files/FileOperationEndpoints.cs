using System.Globalization;
using Actors.Domain;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Designs;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Files;

/// <summary>
/// What is done with files beside their contents. It lies beside <c>/files</c>, not below, so that no name of a file is taken.
/// </summary>
internal static class FileOperationEndpoints
{
    private static readonly ListRules VersionRules = new(["version"], "-version", null);

    public static void MapFileOperations(this IEndpointRouteBuilder project)
    {
        project.MapPost("/file-operations", OperateAsync).WithName("OperateFiles").WithSummary("Moves, copies or deletes a file or folder as a whole")
            .Needs(ProjectRole.Editor).Refuses(FileExamples.BadPath).Refuses(ErrorCodes.PathConflict, ErrorCodes.FileExists, ErrorCodes.LimitReached)
            .Example(FileExamples.Move, FileExamples.Changed);
        project.MapGet("/file-versions", VersionsAsync).WithName("ListFileVersions").WithSummary("The kept versions of a file, newest first").WithList(VersionRules)
            .Needs(ProjectRole.Viewer).Refuses(FileExamples.BadPath).Describes("path", "The file's path within the project.")
            .Example(response: EndpointDocumentation.PageOf(FileExamples.File));
        project.MapPost("/file-versions", RestoreAsync).WithName("RestoreFileVersion").WithSummary("Makes an older version the newest again")
            .Needs(ProjectRole.Editor).Versioned().Refuses(FileExamples.BadPath).Refuses(ErrorCodes.LimitReached).Example(FileExamples.Restore, FileExamples.File);
    }

    private static async Task<Results<Ok<FilesChanged>, RefusalResult>> OperateAsync(
        string projectId, FileOperationBody body, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } forbidden)
            return forbidden.ToResult();

        FileOperationKind? kind = body.Op switch
        {
            "move" => FileOperationKind.Move,
            "copy" => FileOperationKind.Copy,
            "delete" => FileOperationKind.Delete,
            _ => null,
        };
        if (kind is null)
            return Refusal.Field("op", "must be move, copy or delete").ToResult();

        if (body.To is null != (kind == FileOperationKind.Delete))
            return Refusal.Field("to", kind == FileOperationKind.Delete ? "is not taken by delete" : "must be given").ToResult();

        var reply = await grains.Files(projectId).Operate(new FileOperation(context.GetCaller().AccountId, kind.Value, body.From ?? "", body.To));
        return reply is FilesReply.Done done ? TypedResults.Ok(FilesChanged.Of(done)) : ((FilesReply.Refused)reply).Error.ToResult();
    }

    private static async Task<Results<Ok<PageOf<FileView>>, RefusalResult>> VersionsAsync(
        string projectId, [AsParameters] ListQuery query, [FromQuery(Name = "path")] string? path, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } forbidden)
            return forbidden.ToResult();

        if (query.Check(out var list) is { } invalid)
            return invalid.ToResult();

        var reply = await grains.Files(projectId).Versions(new FileReading(context.GetCaller().AccountId, path ?? ""));
        if (reply is not FilesReply.Done done)
            return ((FilesReply.Refused)reply).Error.ToResult();

        return SortedPages.Take(done.Files, list, Version, Version) is { } page
            ? TypedResults.Ok(new PageOf<FileView>(page.Items, page.NextCursor))
            : Refusal.Field("cursor", "is not one that this list returned").ToResult();

        static string Version(FileView version) => version.Version!.Value.ToString("D19", CultureInfo.InvariantCulture);
    }

    private static async Task<Results<Ok<FileView>, RefusalResult>> RestoreAsync(
        string projectId, FileRestoreBody body, HttpContext context, DesignGate gate, IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } forbidden)
            return forbidden.ToResult();

        if (body.Version is not { } version)
            return Refusal.Field("version", "must be given").ToResult();

        var reply = await grains.Files(projectId).Restore(
            new FileRestoring(context.GetCaller().AccountId, body.Path ?? "", version, context.Request.ExpectedVersion()));
        if (reply is not FileReply.Done done)
            return ((FileReply.Refused)reply).Error.ToResult();

        context.Response.SetVersion(done.File.Version!.Value);
        return TypedResults.Ok(done.File);
    }
}
