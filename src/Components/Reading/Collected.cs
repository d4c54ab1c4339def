using System.Text.Json;

namespace Actors.Components.Reading;

/// <summary>What a collecting component works on: all tokens, or the elements of the one list that came alone.</summary>
internal static class Collected
{
    /// <param name="tokens">All tokens of the input.</param>
    /// <param name="isList">Whether they are the elements of a single token.</param>
    public static Token[] Items(ReadOnlySpan<Token> tokens, out bool isList)
    {
        isList = tokens.Length == 1 && tokens[0].Json.ValueKind == JsonValueKind.Array;
        return isList ? tokens[0].RequiredList() : tokens.ToArray();
    }
}
