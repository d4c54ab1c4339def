using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Domain.Designs;

/// <summary>The merge patch that takes a change back where it is still its author's; null when nothing of it is, or nothing differs.</summary>
internal static class Inverse
{
    public static JsonElement? Of(UndoStep.NodeChanged changed, NodeEntry current, int owner, long revision, DesignGraph graph)
    {
        var (before, now) = (changed.Before.Node, current.Node);
        var patch = new Patch(current.Stamps, owner, revision, changed.Paths);
        patch.Number("x", before.X, now.X);
        patch.Number("y", before.Y, now.Y);
        patch.Number("width", before.Width, now.Width);
        patch.Number("height", before.Height, now.Height);
        patch.Text("label", before.Label, now.Label);
        patch.Object("props", before.Props, now.Props);
        patch.Object("execution", before.Execution, now.Execution);

        // A key has its meaning among certain siblings: it goes back only together with the parent.
        var canReturn = before.Parent is null || (graph.FindNode(before.Parent) is not null && !graph.IsWithin(before.Parent, now.Id));
        if (!changed.Paths.Contains("parent") || before.Parent == now.Parent)
        {
            patch.Text("order", before.Order, now.Order);
        }
        else if (canReturn && patch.Text("parent", before.Parent, now.Parent))
        {
            patch.Text("order", before.Order, now.Order);
        }

        return patch.ToJson();
    }

    public static JsonElement? Of(UndoStep.ConnectionChanged changed, ConnectionEntry current, int owner, long revision)
    {
        var (before, now) = (changed.Before.Connection, current.Connection);
        var patch = new Patch(current.Stamps, owner, revision, changed.Paths);
        patch.End("from", before.From, now.From);
        patch.End("to", before.To, now.To);
        patch.Object("props", before.Props, now.Props);
        return patch.ToJson();
    }

    public static JsonElement? Of(UndoStep.HeaderChanged changed, DesignHeader now, ImmutableArray<Stamp> stamps, int owner, long revision)
    {
        var patch = new Patch(stamps, owner, revision, changed.Paths);
        patch.Text("name", changed.Before.Name, now.Name);
        patch.Text("description", changed.Before.Description, now.Description);
        patch.Object("settings", changed.Before.Settings, now.Settings);
        return patch.ToJson();
    }

    private sealed class Patch(ImmutableArray<Stamp> stamps, int owner, long revision, ImmutableArray<string> paths)
    {
        private readonly JsonObject _members = [];

        public void Number(string field, double? before, double? now)
        {
            if (before != now && IsTheirs(field))
            {
                _members[field] = before is { } number ? JsonValue.Create(number) : null;
            }
        }

        public bool Text(string field, string? before, string? now)
        {
            if (before == now || !IsTheirs(field))
            {
                return false;
            }

            _members[field] = before is null ? null : JsonValue.Create(before);
            return true;
        }

        public void End(string field, Endpoint before, Endpoint now)
        {
            if (before != now && IsTheirs(field))
            {
                _members[field] = new JsonObject { ["node"] = before.Node, ["port"] = before.Port };
            }
        }

        public void Object(string field, JsonElement? before, JsonElement? now)
        {
            var written = paths.Where(path => PropertyPath.IsAtOrBelow(path, field)).ToArray();
            if (written.Length > 0)
            {
                Member(_members, field, field, before, now, written);
            }
        }

        public JsonElement? ToJson()
        {
            if (_members.Count == 0)
            {
                return null;
            }

            return JsonObjects.Write(writer =>
            {
                foreach (var (name, value) in _members)
                {
                    writer.WritePropertyName(name);
                    if (value is null)
                    {
                        writer.WriteNullValue();
                    }
                    else
                    {
                        value.WriteTo(writer);
                    }
                }
            });
        }

        private bool IsTheirs(string path) => paths.Contains(path) && Stamps.IsUntouched(stamps, path, owner, revision);

        /// <param name="written">Paths that the change wrote; what lies beside them is none of its business.</param>
        private void Member(JsonObject into, string name, string path, JsonElement? before, JsonElement? now, string[] written)
        {
            var within = written.Any(other => PropertyPath.IsAtOrBelow(path, other));
            if (IsSame(before, now) || (!within && !written.Any(other => PropertyPath.IsAtOrBelow(other, path))))
            {
                return;
            }

            var nowIsObject = now is { ValueKind: JsonValueKind.Object };
            var bothAreObjects = nowIsObject && before is { ValueKind: JsonValueKind.Object };
            if (within && !bothAreObjects && Stamps.IsUntouched(stamps, path, owner, revision))
            {
                into[name] = before is { } value ? ToNode(value) : null;
            }
            else if (bothAreObjects || (nowIsObject && before is null))
            {
                Members(into, name, path, before, now!.Value, written);
            }
        }

        private void Members(JsonObject into, string name, string path, JsonElement? before, JsonElement now, string[] written)
        {
            var inner = new JsonObject();
            foreach (var member in now.EnumerateObject())
            {
                var old = before is { } value && value.TryGetProperty(member.Name, out var found) ? found : (JsonElement?)null;
                Member(inner, member.Name, PropertyPath.Append(path, member.Name), old, member.Value, written);
            }

            foreach (var member in before?.EnumerateObject() ?? default)
            {
                if (!now.TryGetProperty(member.Name, out _))
                {
                    Member(inner, member.Name, PropertyPath.Append(path, member.Name), member.Value, null, written);
                }
            }

            if (inner.Count > 0)
            {
                into[name] = inner;
            }
        }

        private static JsonNode? ToNode(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Object => JsonObject.Create(value),
            JsonValueKind.Array => JsonArray.Create(value),
            _ => JsonValue.Create(value),
        };

        private static bool IsSame(JsonElement? before, JsonElement? now) =>
            before is { } one && now is { } other ? JsonElement.DeepEquals(one, other) : before is null && now is null;
    }
}
