using System.Security.Cryptography;
using Actors.Domain;
using Actors.Domain.Files;
using Actors.Domain.Identity;
using Actors.Grains.EventSourcing;
using Actors.Storage;

namespace Actors.Grains.Files;

/// <summary>
/// Contents between being put and being written, in one activation's memory. What always holds: a content is put before
/// an event names it, and each putting is named by one command at most.
/// </summary>
internal sealed class FileUploads(string projectId, IBlobStore blobs, EventSourcingServices services, FileLimits limits)
{
    /// <summary>How long an upload may wait to be written.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, StoredContent> _waiting = new(StringComparer.Ordinal);

    /// <summary>Puts a content, unless <paramref name="state"/> keeps it already.</summary>
    /// <exception cref="StorageUnavailableException">It is not known whether it was put.</exception>
    public async Task<(StoredContent? Content, Refusal? Refusal)> PutAsync(ReadOnlyMemory<byte> bytes, FilesState state)
    {
        if (bytes.Length > limits.FileBytes)
        {
            return (null, FilesState.TooLarge(limits));
        }

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        if (state.Contents.ContainsKey(sha256))
        {
            return (new StoredContent(sha256, "", bytes.Length), null);
        }

        if (state.Bytes + bytes.Length > limits.ProjectBytes)
        {
            return (null, new Refusal(ErrorCodes.LimitReached, $"the files of a project and their versions have at most {limits.ProjectBytes} bytes (ProjectBytes)"));
        }

        Expire();
        if (_waiting.Count >= limits.Files)
        {
            return (null, new Refusal(ErrorCodes.Overloaded, $"{limits.Files} uploads wait to be written already", Retryable: true));
        }

        var content = new StoredContent(sha256, services.Identifiers.Create(Identifier.File), bytes.Length);
        await blobs.PutAsync(FileBlobs.Name(projectId, content), FileTypes.Unknown, bytes, CancellationToken.None);
        _waiting.Add(content.Put, content);
        return (content, null);
    }

    public bool IsWaiting(string put) => _waiting.ContainsKey(put);

    /// <summary>Takes contents for the one command that names them; false when one of them is not waiting (any more).</summary>
    public bool TryTake(IEnumerable<StoredContent> contents)
    {
        Expire();
        var named = contents.Where(content => content.Put.Length > 0).Distinct().ToArray();
        if (named.Any(content => !_waiting.TryGetValue(content.Put, out var waiting) || waiting != content))
        {
            return false;
        }

        foreach (var content in named)
        {
            _waiting.Remove(content.Put);
        }

        return true;
    }

    /// <summary>The content that was to be written and will not be.</summary>
    public StoredContent? Discard(string put) => _waiting.Remove(put, out var content) ? content : null;

    /// <summary>What expires is left to the sweep, which finds it by its age.</summary>
    private void Expire()
    {
        var oldest = services.Time.GetUtcNow() - Lifetime;
        foreach (var put in _waiting.Keys.Where(put => FileBlobs.PutAt(put) < oldest).ToArray())
        {
            _waiting.Remove(put);
        }
    }
}
