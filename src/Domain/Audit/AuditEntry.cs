namespace Actors.Domain.Audit;

/// <summary>Who tried to change what, from where, when, and what came of it. Never changed once it is written.</summary>
public sealed record AuditEntry
{
    /// <summary>The identifier's prefix.</summary>
    public const string Prefix = "aud_";

    /// <summary>Characters of an agent, an address or a subject that are kept.</summary>
    public const int MaximumText = 256;

    /// <summary>Grows with time, so that the order of ids is the order of entries.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Empty for what concerns no project.</summary>
    public string ProjectId { get; init; } = "";

    /// <summary>Who called. Of a login or a new password that was refused, whose it would have been; empty when nobody is known.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>The session or personal token that was used.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>The network address that the call came from.</summary>
    public string Address { get; init; } = "";

    /// <summary>What the client says it is.</summary>
    public string Agent { get; init; } = "";

    /// <summary>The operation id of the interface description, or <c>Hub.</c> and a method.</summary>
    public required string Action { get; init; }

    /// <summary>What kind of thing it was done to, for example <c>design</c>.</summary>
    public string SubjectKind { get; init; } = "";

    public string SubjectId { get; init; } = "";

    /// <summary>The HTTP status of the answer; for the hub, the one that the same answer has there.</summary>
    public required int Status { get; init; }

    /// <summary>The refusal's code; empty when it was done.</summary>
    public string Code { get; init; } = "";

    public string RequestId { get; init; } = "";

    /// <summary>Calls that this entry stands for; more than 1 for edits over the hub.</summary>
    public long Count { get; init; } = 1;

    /// <summary>The first revision that these calls made; 0 when they made none.</summary>
    public long FromRevision { get; init; }

    /// <summary>The last revision that these calls made.</summary>
    public long ToRevision { get; init; }
}

/// <summary>Which entries, newest first unless <see cref="Ascending"/>.</summary>
public sealed record AuditFilter
{
    /// <summary>Null for all of the installation.</summary>
    public string? ProjectId { get; init; }

    public string? AccountId { get; init; }

    public string? Action { get; init; }

    public string? SubjectId { get; init; }

    public AuditResult? Result { get; init; }

    /// <summary>From this time on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only entries whose action, or kind or id of the subject, contains this, whatever the case.</summary>
    public string? Search { get; init; }

    public bool Ascending { get; init; }

    /// <summary>Id of the last entry of the page before.</summary>
    public string? After { get; init; }

    /// <summary>1 to 500.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>What came of a call, by the class of its status.</summary>
public enum AuditResult
{
    /// <summary>Below 400.</summary>
    Success,

    /// <summary>400 to 499.</summary>
    Refused,

    /// <summary>From 500.</summary>
    Failed,
}
