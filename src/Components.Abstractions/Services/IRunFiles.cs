namespace Actors.Components.Services;

/// <summary>The files of the run's project.</summary>
public interface IRunFiles
{
    /// <summary>The file's content now; null when there is none.</summary>
    ValueTask<RunFile?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>Writes the whole file. Writing the same content again changes nothing.</summary>
    /// <returns>The file's entry as JSON: path, size, content type, version.</returns>
    /// <exception cref="ComponentException">The path is invalid, or a limit of the project's files is reached.</exception>
    ValueTask<Token> WriteAsync(string path, ReadOnlyMemory<byte> content, string contentType, CancellationToken cancellationToken);
}

public sealed record RunFile(string Path, string ContentType, ReadOnlyMemory<byte> Content);
