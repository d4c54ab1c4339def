using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Designs;

/// <summary>
/// Remembered steps share whole nodes with older states, which costs nothing in memory and much in a snapshot; there
/// only those properties are written that taking back needs.
/// </summary>
internal static class UndoStepTrimming
{
    public static UndoEntry Trim(UndoEntry entry) => entry with { Steps = [.. entry.Steps.Select(Trim)] };

    private static UndoStep Trim(UndoStep step) => step switch
    {
        UndoStep.NodeChanged changed => changed with
        {
            Before = changed.Before with
            {
                Node = changed.Before.Node with
                {
                    Props = Trim(changed.Before.Node.Props, "props", changed.Paths) ?? Node.EmptyObject,
                    Execution = Trim(changed.Before.Node.Execution, "execution", changed.Paths),
                },
            },
        },
        UndoStep.ConnectionChanged changed => changed with
        {
            Before = changed.Before with
            {
                Connection = changed.Before.Connection with { Props = Trim(changed.Before.Connection.Props, "props", changed.Paths) ?? Node.EmptyObject },
            },
        },
        UndoStep.HeaderChanged changed => changed with
        {
            Before = changed.Before with { Settings = Trim(changed.Before.Settings, "settings", changed.Paths) },
        },
        _ => step,
    };

    private static JsonElement? Trim(JsonElement? value, string field, ImmutableArray<string> paths)
    {
        var needed = paths.Where(path => PropertyPath.IsAtOrBelow(path, field)).ToArray();
        if (needed.Length == 0)
        {
            return null;
        }

        if (value is not { ValueKind: JsonValueKind.Object } members || needed.Contains(field))
        {
            return value;
        }

        return JsonObjects.Write(writer =>
        {
            foreach (var member in members.EnumerateObject())
            {
                var path = PropertyPath.Append(field, member.Name);
                if (needed.Any(other => PropertyPath.IsAtOrBelow(other, path)))
                {
                    member.WriteTo(writer);
                }
            }
        });
    }
}
