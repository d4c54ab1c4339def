namespace Actors.Frontend.Operations.Metrics;

/// <summary>Who may read the metrics. Administrators always may.</summary>
public enum MetricsAudience
{
    /// <summary>Everybody who reaches the address.</summary>
    Open,

    /// <summary>Whoever connects from this machine, and not through a proxy.</summary>
    Loopback,

    /// <summary>Whoever shows <see cref="MetricsOptions.Token"/>.</summary>
    Token,
}

/// <summary>Section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    public const string Section = "Metrics";

    private const int ShortestToken = 16;

    /// <summary>Who may read them, beside administrators. Default <see cref="MetricsAudience.Loopback"/>.</summary>
    public MetricsAudience Access { get; set; } = MetricsAudience.Loopback;

    /// <summary>What a scraper sends as <c>Authorization: Bearer</c>, at least 16 characters; needed with <see cref="MetricsAudience.Token"/>.</summary>
    public string? Token { get; set; }

    /// <summary>Series of one metric; what would make more is counted in one series whose labels are all <c>other</c>. 10 to 100 000, default 2 000.</summary>
    public int MaximumSeries { get; set; } = 2_000;

    /// <summary>The rules that are broken, each naming the option and its value. The token is not shown.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Enum.IsDefined(Access))
            yield return $"{Section}:{nameof(Access)} is {Access}; it must be open, loopback or token.";

        if (Access == MetricsAudience.Token && (Token?.Length ?? 0) < ShortestToken)
            yield return $"{Section}:{nameof(Token)} has {Token?.Length ?? 0} characters; it must have at least {ShortestToken} when {Section}:{nameof(Access)} is token.";

        if (MaximumSeries is < 10 or > 100_000)
            yield return $"{Section}:{nameof(MaximumSeries)} is {MaximumSeries}; it must be from 10 to 100000.";
    }
}
