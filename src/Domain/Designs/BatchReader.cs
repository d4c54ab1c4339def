using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>Reads a batch from JSON that nobody has checked. Tolerates nothing and throws nothing: what is wrong is a refusal.</summary>
public static class BatchReader
{
    public static bool TryRead(JsonElement json, DesignLimits limits, [NotNullWhen(true)] out Batch? batch, [NotNullWhen(false)] out Refusal? refusal) =>
        throw new NotSupportedException();
}
