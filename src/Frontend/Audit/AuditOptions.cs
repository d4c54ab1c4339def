namespace Actors.Frontend.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Entries that may wait to be stored; further ones are counted, logged, and recorded as one entry. 100 to 1,000,000, default 20,000.</summary>
    public int MaximumQueue { get; set; } = 20_000;

    /// <summary>Refused calls without a valid token that are recorded in a minute, whoever made them; the rest is counted. Default 120.</summary>
    public int AnonymousPerMinute { get; set; } = 120;

    /// <summary>How long edits over one hub connection to one design are gathered in one entry. 1 s to 10 min, default 1 min.</summary>
    public TimeSpan Gathering { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Entries in one export. Default 100,000.</summary>
    public int MaximumExport { get; set; } = 100_000;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        if (MaximumQueue is < 100 or > 1_000_000)
            yield return $"{Section}:{nameof(MaximumQueue)} is {MaximumQueue}; it must be from 100 to 1000000.";

        if (AnonymousPerMinute is < 1 or > 1_000_000)
            yield return $"{Section}:{nameof(AnonymousPerMinute)} is {AnonymousPerMinute}; it must be from 1 to 1000000.";

        if (Gathering < TimeSpan.FromSeconds(1) || Gathering > TimeSpan.FromMinutes(10))
            yield return $"{Section}:{nameof(Gathering)} is {Gathering}; it must be from 1 second to 10 minutes.";

        if (MaximumExport is < 1 or > 10_000_000)
            yield return $"{Section}:{nameof(MaximumExport)} is {MaximumExport}; it must be from 1 to 10000000.";
    }
}
