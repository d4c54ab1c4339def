namespace Actors.Domain.Versions;

/// <summary>Limits of a design's versions.</summary>
/// <param name="Named">Versions with a name; more are refused.</param>
/// <param name="Automatic">Automatic checkpoints; beyond it the one that is missed least is dropped.</param>
public sealed record VersionLimits(int Named, int Automatic)
{
    /// <summary>Characters of a name.</summary>
    public const int NameLength = 200;

    /// <summary>Characters of a description.</summary>
    public const int DescriptionLength = 10_000;
}
