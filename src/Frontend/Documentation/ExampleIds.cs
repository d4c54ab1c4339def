namespace Actors.Frontend.Documentation;

/// <summary>Identifiers for examples, the same everywhere, so that examples fit each other.</summary>
internal static class ExampleIds
{
    /// <summary>What follows the prefix; for kinds that have no constant here.</summary>
    public const string Digits = "01k9x2m4n6p8r0t2v4x6z8a0b2";

    public const string Account = "usr_" + Digits;
    public const string Project = "prj_" + Digits;
    public const string Design = "dsg_" + Digits;

    public const string At = "2026-03-02T09:30:00+00:00";
    public const string Later = "2026-03-02T10:15:00+00:00";
}
