using System.Text.Json.Nodes;

namespace Actors.EndToEnd.Tests.Campaigns;

/// <summary>A batch as its writer remembers it.</summary>
internal sealed class SentBatch(JsonNode[] operations)
{
    public Guid Id { get; } = Guid.NewGuid();

    public JsonNode[] Operations { get; } = operations;

    /// <summary>The revision that was acknowledged; null when no acknowledgement has come.</summary>
    public long? Revision { get; set; }

    /// <summary>Given up: it may have been stored or not, and is never sent again.</summary>
    public bool IsAbandoned { get; set; }
}
