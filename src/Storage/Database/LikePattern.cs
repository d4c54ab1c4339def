namespace Actors.Storage;

/// <summary>Patterns of LIKE with the escape <c>!</c>, which both dialects know.</summary>
internal static class LikePattern
{
    /// <summary>Finds whatever contains <paramref name="text"/>; of lower-case text, so that it ignores case as well as it is needed.</summary>
    public static string Contains(string text) => $"%{text.ToLowerInvariant().Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")}%";
}
