using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>
/// Reads a batch from JSON that nobody has checked. It tolerates nothing and throws nothing: unknown and missing fields,
/// wrong types, unknown operations, too many or too deep are refusals that name the place. What a patch means is judged
/// later, against the design.
/// </summary>
public static class BatchReader
{
    public static bool TryRead(JsonElement json, DesignLimits limits, [NotNullWhen(true)] out Batch? batch, [NotNullWhen(false)] out Refusal? refusal)
    {
        batch = null;
        refusal = Read(json, limits, out var read);
        if (refusal is not null)
        {
            return false;
        }

        batch = read!;
        return true;
    }

    private static Refusal? Read(JsonElement json, DesignLimits limits, out Batch? batch)
    {
        batch = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refusals.Malformed("batch", "must be an object");
        }

        if (!System.Text.Unicode.Utf8.IsValid(JsonMarshal.GetRawUtf8Value(json)))
        {
            return Refusals.Malformed("batch", "must be valid UTF-8");
        }

        JsonElement? batchId = null, baseRevision = null, operations = null;
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("batchId"u8))
            {
                batchId = member.Value;
            }
            else if (member.NameEquals("baseRevision"u8))
            {
                baseRevision = member.Value;
            }
            else if (member.NameEquals("operations"u8))
            {
                operations = member.Value;
            }
            else
            {
                return JsonFields.Unknown(member);
            }
        }

        if (batchId is not { ValueKind: JsonValueKind.String } idText || !idText.TryGetGuid(out var id))
        {
            return Refusals.Malformed("batchId", "must be a UUID");
        }

        if (baseRevision is not { ValueKind: JsonValueKind.Number } number || !number.TryGetInt64(out var revision) || revision < 0)
        {
            return Refusals.Malformed("baseRevision", "must be a whole number, not negative");
        }

        if (operations is not { ValueKind: JsonValueKind.Array } list)
        {
            return Refusals.Malformed("operations", "must be a list");
        }

        Operation[] read = [];
        var refusal = BatchRules.CheckCount(list.GetArrayLength(), limits) ?? ReadOperations(list, limits, out read);
        batch = refusal is null ? new Batch(id, revision, ImmutableCollectionsMarshal.AsImmutableArray(read)) : null;
        return refusal;

        static Refusal? ReadOperations(JsonElement list, DesignLimits limits, out Operation[] read)
        {
            read = new Operation[list.GetArrayLength()];
            var index = 0;
            foreach (var item in list.EnumerateArray())
            {
                if (OperationReader.Read(item, limits, out var operation) is { } refusal)
                {
                    return refusal with { Index = index };
                }

                read[index++] = operation!;
            }

            return null;
        }
    }
}
