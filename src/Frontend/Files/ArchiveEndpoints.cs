using System.Collections.Immutable;
using System.IO.Compression;
using Actors.Domain;
using Actors.Domain.Files;
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

/// <summary>Folders as zip archives, out and in.</summary>
internal static class ArchiveEndpoints
{
    private const int TreePage = 500;
    private const string ZipType = "application/zip";

    public static void MapArchives(this IEndpointRouteBuilder project)
    {
        project.MapGet("/files.zip", DownloadAsync).WithName("DownloadFiles").WithSummary("A folder, or everything, as a zip archive")
            .Needs(ProjectRole.Viewer).Refuses(FileExamples.BadPath).Describes("folder", "The folder's path; everything when it is absent.").AnswersAlso(ZipType);
        project.MapPost("/files.zip", UploadAsync).WithName("UploadFiles").WithMetadata(OwnBodyLimit.Instance).WithSummary("Unpacks a zip archive into a folder, all of it or nothing")
            .Needs(ProjectRole.Editor).Takes(typeof(Stream), ZipType).Refuses(FileExamples.BadPath).Refuses(FileExamples.NotWritten)
            .Refuses(ErrorCodes.ArchiveInvalid, ErrorCodes.ArchiveUnsafe).Describes("folder", "Where to; the project's root when it is absent.")
            .Example(response: FileExamples.Changed);
    }

    private static async Task<IResult> DownloadAsync(
        string projectId, [FromQuery(Name = "folder")] string? folder, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Viewer) is { } forbidden)
            return forbidden.ToResult();

        FilePath? path = null;
        if (!string.IsNullOrEmpty(folder) && !FilePath.TryParse(folder, limits, out path, out var broken))
            return broken.ToResult();

        var (files, refusal) = await TreeAsync(grains.Files(projectId), context.GetCaller().AccountId, path?.Text ?? "");
        if (refusal is not null)
            return refusal.ToResult();

        if (files.Count == 0 && path is not null)
            return new Refusal(ErrorCodes.NotFound, $"there is no folder at {path}").ToResult();

        return TypedResults.Stream(
            stream => WriteAsync(stream, files, path is null ? 0 : path.Text.Length + 1, grains.Files(projectId), context),
            ZipType,
            $"{path?.Name ?? "files"}.zip");
    }

    private static async Task<(List<FileView> Files, Refusal? Refusal)> TreeAsync(IFilesGrain grain, string by, string folder)
    {
        var files = new List<FileView>();
        string? after = null;
        do
        {
            var reply = await grain.List(new FileTreeQuery(by, folder, after, TreePage));
            if (reply is not FilePageReply.Page page)
                return (files, ((FilePageReply.Refused)reply).Error);

            files.AddRange(page.Items);
            after = page.NextCursor;
        }
        while (after is not null);
        return (files, null);
    }

    /// <summary>One content after the other, as fast as the client takes them, in the order of paths and with the times of the files.</summary>
    private static async Task WriteAsync(Stream stream, List<FileView> files, int skip, IFilesGrain grain, HttpContext context)
    {
        await using var buffer = new ArchiveBuffer();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in files)
            {
                var reply = await grain.Read(new FileReading(context.GetCaller().AccountId, file.Path, file.Version));
                if (reply is not FileContentReply.Found found)
                {
                    // Half an archive must not look like a whole one.
                    context.Abort();
                    return;
                }

                Add(archive, file.Path[skip..], file.UpdatedAt, found.Content.Span);
                await buffer.DrainAsync(stream, context.RequestAborted);
            }
        }

        await buffer.DrainAsync(stream, context.RequestAborted);
    }

    private static void Add(ZipArchive archive, string name, DateTimeOffset at, ReadOnlySpan<byte> content)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = at;
        using var packed = entry.Open();
        packed.Write(content);
    }

    private static async Task<Results<Ok<FilesChanged>, RefusalResult>> UploadAsync(
        string projectId, [FromQuery(Name = "folder")] string? folder, HttpContext context, DesignGate gate, IGrainFactory grains, FileLimits limits)
    {
        if (await gate.RefuseAsync(context, projectId, ProjectRole.Editor) is { } forbidden)
            return forbidden.ToResult();

        if (!string.IsNullOrEmpty(folder) && !FilePath.TryParse(folder, limits, out _, out var broken))
            return broken.ToResult();

        // The table of contents is at the end of an archive, so it has to be here before the first file is known.
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"actors-{Guid.NewGuid():n}.zip"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 0,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        if (!await FileUploadReader.CopyAsync(context, file, limits.ArchiveBytes))
            return new Refusal(ErrorCodes.FileTooLarge, $"an archive has at most {limits.ArchiveBytes} bytes (ArchiveBytes)").ToResult();

        file.Position = 0;
        var grain = grains.Files(projectId);
        var by = context.GetCaller().AccountId;
        var uploaded = ImmutableArray.CreateBuilder<UploadedFile>();
        var written = false;
        try
        {
            await foreach (var (path, content, refusal) in ArchiveReader.ReadAsync(file, folder, limits, context.RequestAborted))
            {
                if (refusal is not null)
                    return refusal.ToResult();

                var reply = await grain.Upload(new FileUpload(by, content));
                if (reply is not UploadReply.Stored stored)
                    return ((UploadReply.Refused)reply).Error.ToResult();

                uploaded.Add(new UploadedFile(path!.Text, stored.Content, FileTypes.ContentTypeOf(path.Name, content.Span), FileTypes.LanguageOf(path.Name)));
            }

            var batch = await grain.WriteAll(new FileBatch(by, uploaded.ToImmutable()));
            written = true;
            return batch is FilesReply.Done done ? TypedResults.Ok(FilesChanged.Of(done)) : ((FilesReply.Refused)batch).Error.ToResult();
        }
        finally
        {
            if (!written)
                await grain.Discard([.. uploaded.Select(upload => upload.Content.Put)]);
        }
    }
}
