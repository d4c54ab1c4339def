using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Files;
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

/// <summary>The files of a project: <c>/projects/{projectId}/files</c>.</summary>
public static class FileEndpoints
{
    private const string VersionMeaning = "One of the file's kept versions; the newest by default.";

    private static readonly ListRules Rules = new([ListSort.Name, ListSort.UpdatedAt], ListSort.Name, "name");

    public static IEndpointRouteBuilder MapFiles(this IEndpointRouteBuilder api)
    {
        var project = api.MapGroup("/projects/{projectId}").WithTags("Files").RequireAuthorization();
        project.DisableRequestTimeout();
        project.MapGet("/files", ListAsync).WithName("ListFiles").WithSummary("Lists a folder, or all files below it").WithList(Rules)
            .Needs(ProjectRole.Viewer).Refuses(FileExamples.BadPath).Describes("folder", "The folder's path; everything when it is absent.")
            .Describes("recursive", "`true` lists all files below the folder, in the order of their paths, without the folders.")
            .Example(response: EndpointDocumentation.PageOf(FileExamples.File));
        project.MapPost("/files", PostAsync).WithName("WriteFile").WithMetadata(OwnBodyLimit.Instance).WithSummary("Creates or updates a file from JSON")
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(FileBody), "application/json").Refuses(FileExamples.BadPath).Refuses(FileExamples.NotWritten)
            .Example(FileExamples.New, FileExamples.File);
        project.MapPut("/files/{*path}", PutAsync).WithName("PutFile").WithMetadata(OwnBodyLimit.Instance).WithSummary("Creates or updates a file; the body is its content")
            .Needs(ProjectRole.Editor).Versioned().Takes(typeof(Stream), FileTypes.Unknown).Refuses(FileExamples.BadPath).Refuses(FileExamples.NotWritten)
            .AtPath().Example(response: FileExamples.File);
        project.MapGet("/files/{*path}", GetAsync).WithName("GetFile").WithSummary("The content of a file, whole or in ranges")
            .Needs(ProjectRole.Viewer).Versioned().Refuses(FileExamples.BadPath).Refuses(ErrorCodes.RangeNotSatisfiable, ErrorCodes.PreconditionFailed)
            .AtPath().Describes("version", VersionMeaning).AnswersAlso(FileTypes.Unknown)
            .Produces(StatusCodes.Status200OK).Produces(StatusCodes.Status206PartialContent);
        project.MapMethods("/files/{*path}", [HttpMethods.Head], HeadAsync).WithName("HeadFile").WithSummary("What a file is, without its content")
            .Needs(ProjectRole.Viewer).Versioned().Refuses(FileExamples.BadPath).AtPath().Describes("version", VersionMeaning).AnswersAlso(FileTypes.Unknown);
        project.MapDelete("/files/{*path}", DeleteAsync).WithName("DeleteFile").WithSummary("Deletes a file with its versions")
            .Needs(ProjectRole.Editor).Versioned().Refuses(FileExamples.BadPath).Refuses(ErrorCodes.PathConflict).AtPath();
        project.MapFileOperations();
        project.MapArchives();
        return api;
    }

    private static TBuilder AtPath<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.Describes("path", "The file's path within the project, its parts escaped but not their slashes.");

    internal static IFilesGrain Files(this IGrainFactory grains, string projectId) => grains.GetGrain<IFilesGrain>(projectId);

    private static async Task<Results<Ok<PageOf<FileView>>, RefusalResult>> ListAsync(
        string projectId,
        [AsParameters] ListQuery query,
        [FromQuery(Name = "folder")] string? folder,
        [FromQuery(Name = "recursive")] string? recursive,
        HttpContext context,
        DesignGate gate,
        IGrainFactory grains)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } forbidden)
            return forbidden.ToResult();

        if ((query.Check(out var list) ?? ListFilters.Flag("recursive", recursive, out _)) is { } refusal)
            return refusal.ToResult();

        var reply = recursive == "true"
            ? await grains.Files(projectId).ListAll(new FileListQuery(context.GetCaller().AccountId, folder ?? "", list))
            : await grains.GetGrain<IFileDirectoryGrain>(0).List(new FileFolderQuery(projectId, folder ?? "", list));
        return reply switch
        {
            FilePageReply.Page page => TypedResults.Ok(new PageOf<FileView>(page.Items, page.NextCursor)),
            FilePageReply.Refused refused => refused.Error.ToResult(),
            _ => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<FileView>, Ok<FileView>, RefusalResult>> PutAsync(
        string projectId, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } forbidden)
            return forbidden.ToResult();

        if (!FileTarget.TryRead(context, limits, out var path, out var broken))
            return broken.ToResult();

        var contentType = string.IsNullOrEmpty(context.Request.ContentType) || context.Request.ContentType == FileTypes.Unknown ? null : context.Request.ContentType;
        if (FileBodyRules.RefuseContentType(contentType) is { } unknown)
            return unknown.ToResult();

        return await FileUploadReader.ReadAsync(context, limits.FileBytes) is { } content
            ? await WriteAsync(projectId, path.Text, content, contentType, language: null, context, grains)
            : FilesState.TooLarge(limits).ToResult();
    }

    private static async Task<Results<Created<FileView>, Ok<FileView>, RefusalResult>> PostAsync(
        string projectId, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } forbidden)
            return forbidden.ToResult();

        if (!context.Request.HasJsonContentType())
            return new Refusal(ErrorCodes.UnsupportedMediaType, "the body must be JSON: send 'Content-Type: application/json'").ToResult();

        // Every character may have been escaped as six; what is in it is held against the limit itself.
        if (await FileUploadReader.ReadAsync(context, (int)Math.Min(int.MaxValue / 2, (limits.FileBytes * 6L) + (64 * 1024))) is not { } json)
            return FilesState.TooLarge(limits).ToResult();

        FileBody? body;
        try
        {
            body = JsonSerializer.Deserialize(json.Span, FileBodyJsonContext.Default.FileBody);
        }
        catch (JsonException exception)
        {
            return BadRequests.Describe(exception).ToResult();
        }

        if (body?.Content is null)
            return Refusal.Field("content", "must be given").ToResult();

        if ((FileBodyRules.RefuseContentType(body.ContentType) ?? FileBodyRules.RefuseLanguage(body.Language)) is { } refusal)
            return refusal.ToResult();

        if (Decode(body.Content, body.Encoding, out var content) is { } undecodable)
            return undecodable.ToResult();

        return await WriteAsync(projectId, body.Path ?? "", content, body.ContentType, body.Language, context, grains);
    }

    private static async Task<Results<Created<FileView>, Ok<FileView>, RefusalResult>> WriteAsync(
        string projectId, string path, ReadOnlyMemory<byte> content, string? contentType, string? language, HttpContext context, IGrainFactory grains)
    {
        var reply = await grains.Files(projectId).Write(new FileWriting(
            context.GetCaller().AccountId,
            path,
            content,
            contentType,
            language,
            context.Request.ExpectedVersion(),
            MustBeNew: context.Request.Headers.IfNoneMatch == "*"));
        if (reply is not FileReply.Done done)
            return ((FileReply.Refused)reply).Error.ToResult();

        context.Response.SetVersion(done.File.Version!.Value);
        return done.Created ? TypedResults.Created(FileTarget.Location(projectId, done.File.Path), done.File) : TypedResults.Ok(done.File);
    }

    private static async Task<IResult> GetAsync(
        string projectId, [FromQuery(Name = "version")] string? version, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        var (reading, refusal) = await ReadingAsync(projectId, version, context, gate, limits);
        if (reading is null)
            return refusal!.ToResult();

        // Who has it already is answered without fetching it.
        if (context.Request.Headers.IfNoneMatch.Count > 0
            && await grains.Files(projectId).Stat(reading) is FileReply.Done { File.Version: { } newest }
            && context.Request.HasVersion(newest))
        {
            context.Response.SetVersion(newest);
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        return await grains.Files(projectId).Read(reading) switch
        {
            FileContentReply.Found found => new FileContentAnswer(found.File, found.Content),
            FileContentReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<IResult> HeadAsync(
        string projectId, [FromQuery(Name = "version")] string? version, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        var (reading, refusal) = await ReadingAsync(projectId, version, context, gate, limits);
        if (reading is null)
            return refusal!.ToResult();

        switch (await grains.Files(projectId).Stat(reading))
        {
            case FileReply.Done { File: var file } when context.Request.HasVersion(file.Version!.Value):
                context.Response.SetVersion(file.Version.Value);
                return TypedResults.StatusCode(StatusCodes.Status304NotModified);
            case FileReply.Done { File: var file }:
                return new FileContentAnswer(file, content: null);
            case FileReply.Refused refused:
                return refused.Error.ToResult();
            case var reply:
                throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");
        }
    }

    private static async Task<Results<NoContent, RefusalResult>> DeleteAsync(
        string projectId, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } forbidden)
            return forbidden.ToResult();

        if (!FileTarget.TryRead(context, limits, out var path, out var broken))
            return broken.ToResult();

        var reply = await grains.Files(projectId).Remove(new FileRemoval(context.GetCaller().AccountId, path.Text, context.Request.ExpectedVersion()));
        return reply is FilesReply.Refused refused ? refused.Error.ToResult() : TypedResults.NoContent();
    }

    private static async Task<(FileReading? Reading, Refusal? Refusal)> ReadingAsync(
        string projectId, string? version, HttpContext context, DesignGate gate, FileLimits limits)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } forbidden)
            return (null, forbidden);

        if (!FileTarget.TryRead(context, limits, out var path, out var broken))
            return (null, broken);

        long number = 0;
        if (version is not null && !long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return (null, Refusal.Field("version", "must be a whole number"));

        return (new FileReading(context.GetCaller().AccountId, path.Text, version is null ? null : number), null);
    }

    private static Refusal? Decode(string content, string? encoding, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        switch (encoding)
        {
            case null or "utf-8":
                bytes = Encoding.UTF8.GetBytes(content);
                return null;
            case "base64":
                var buffer = new byte[(content.Length / 4 * 3) + 3];
                if (!Convert.TryFromBase64String(content, buffer, out var written))
                    return Refusal.Field("content", "must be base64");

                bytes = buffer.AsMemory(0, written);
                return null;
            default:
                return Refusal.Field("encoding", "must be utf-8 or base64");
        }
    }
}
