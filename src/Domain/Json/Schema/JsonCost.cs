using System.Runtime.InteropServices;
using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary>What looking at a whole value costs, in steps.</summary>
internal static class JsonCost
{
    /// <summary>Comparing or copying it.</summary>
    public static int Of(JsonElement value) => 1 + (JsonMarshal.GetRawUtf8Value(value).Length / 16);

    /// <summary>Matching it with a pattern.</summary>
    public static int OfMatch(JsonElement value) => 1 + JsonMarshal.GetRawUtf8Value(value).Length;
}
