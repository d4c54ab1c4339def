using Actors.Domain.Execution;
using Actors.Storage;

namespace Actors.Grains.Runs;

/// <summary>
/// A run's large tokens. The journal names a token by the hash of its text; the blob stands below its run, so that it goes
/// with the run whatever other runs hold.
/// </summary>
internal static class RunBlobs
{
    /// <summary>From the blob of a design's revision to a run of it.</summary>
    public const string DesignLink = "run.design";

    private const string TokenPrefix = "token/";

    public static string PrefixOf(string runId) => $"run/{runId}/";

    public static Task PutTokenAsync(this IBlobStore blobs, string runId, Token token) =>
        blobs.PutAsync(NameOf(runId, token), "application/json", token.Utf8, CancellationToken.None);

    public static async Task LoadTokenAsync(this IBlobStore blobs, string runId, Token token, CancellationToken cancellationToken)
    {
        var blob = await blobs.GetAsync(NameOf(runId, token), cancellationToken)
            ?? throw new InvalidOperationException($"The token {token.BlobId} of run {runId} is gone.");
        token.Load(blob.Content);
    }

    /// <summary>A large token as nobody's yet: a run stores what it was given under its own name, though another has stored it.</summary>
    public static Token Received(Token token) => token.Size > RecordWriter.LargeToken ? Token.Trusted(token.Utf8) : token;

    private static string NameOf(string runId, Token token) =>
        PrefixOf(runId) + (token.BlobId!.StartsWith(TokenPrefix, StringComparison.Ordinal) ? token.BlobId[TokenPrefix.Length..] : token.BlobId);
}
