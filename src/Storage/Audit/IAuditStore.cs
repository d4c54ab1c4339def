namespace Actors.Storage;

/// <summary>The audit log: rows are added and read, never changed. Methods throw <see cref="StorageUnavailableException"/> when storage cannot be reached.</summary>
public interface IAuditStore
{
    /// <summary>Adds rows in one transaction; durable when it returns. A row whose id is there already is left as it is.</summary>
    Task AppendAsync(IReadOnlyList<AuditRow> rows, CancellationToken ct);

    Task<IReadOnlyList<AuditRow>> ListAsync(AuditQuery query, CancellationToken ct);

    /// <summary>The calls that succeeded on subjects of a kind in a project, from an id on.</summary>
    Task<long> CountAsync(string project, string subjectKind, string fromId, CancellationToken ct);
}

/// <param name="Id">Time-ordered.</param>
/// <param name="Calls">Calls that the row stands for.</param>
/// <param name="Data">The whole entry; storage does not look inside.</param>
public sealed record AuditRow(
    string Id, string Project, string Account, string Action, string SubjectKind, string Subject, int Status, long Calls, byte[] Data);

/// <summary>Which rows, in the order of ids; null means any.</summary>
public sealed record AuditQuery
{
    public string? Project { get; init; }

    public string? Account { get; init; }

    public string? Action { get; init; }

    public string? Subject { get; init; }

    /// <summary>A part of the action, or of the kind or id of the subject, whatever the case of its letters.</summary>
    public string? Contains { get; init; }

    public int LowestStatus { get; init; }

    public int HighestStatus { get; init; } = 999;

    /// <summary>The first id.</summary>
    public string? FromId { get; init; }

    /// <summary>The id behind the last.</summary>
    public string? BeforeId { get; init; }

    /// <summary>The last id of the page before.</summary>
    public string? AfterId { get; init; }

    public bool Ascending { get; init; }

    /// <summary>At least 1.</summary>
    public int Limit { get; init; } = 50;
}
