using Actors.Components;
using Actors.Components.Services;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Interfaces.Runs;
using Orleans;

namespace Actors.Grains.Runs.Services;

/// <inheritdoc cref="IRunFiles"/>
/// <remarks>Files are written in the name of who started the run, and only while that account may.</remarks>
internal sealed class RunFiles(IExecutionContext context, IGrainFactory grains) : IRunFiles
{
    private IFilesGrain Files => grains.GetGrain<IFilesGrain>(context.ProjectId);

    public async ValueTask<RunFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
        await Files.Read(new FileReading(null, path)) switch
        {
            FileContentReply.Found found => new RunFile(found.File.Path, found.File.ContentType ?? "application/octet-stream", found.Content),
            FileContentReply.Refused { Error.Code: ErrorCodes.NotFound } => null,
            FileContentReply.Refused refused => throw Failure(refused.Error),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };

    public async ValueTask<Token> WriteAsync(string path, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken)
    {
        var header = await grains.GetGrain<IRunGrain>(context.RunId).GetHeader()
            ?? throw new InvalidOperationException($"The run {context.RunId} is not there.");
        return await Files.Write(new FileWriting(header.StartedBy, path, content, contentType)) switch
        {
            FileReply.Done { File: var file } => Token.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("path", file.Path);
                writer.WriteNumber("size", file.Size ?? 0);
                writer.WriteString("contentType", file.ContentType);
                writer.WriteNumber("version", file.Version ?? 0);
                writer.WriteEndObject();
            }),
            FileReply.Refused refused => throw Failure(refused.Error),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static ComponentException Failure(Refusal refusal) => new(refusal.Code, refusal.Detail, refusal.Retryable);
}
