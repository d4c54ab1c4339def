using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Audit;
using Actors.Domain.Identity;
using Actors.Grains.Interfaces.Audit;
using Actors.Grains.Lists;
using Actors.Storage;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Audit;

/// <inheritdoc cref="IAuditGrain"/>
[StatelessWorker]
[GrainType("audit")]
internal sealed class AuditGrain(IAuditStore store) : Grain, IAuditGrain
{
    public Task Append(ImmutableArray<AuditEntry> entries) => store.AppendAsync([.. entries.Select(Row)], CancellationToken.None);

    public async Task<AuditPage> List(AuditFilter filter)
    {
        var (lowest, highest) = filter.Result switch
        {
            AuditResult.Success => (0, 399),
            AuditResult.Refused => (400, 499),
            AuditResult.Failed => (500, 999),
            _ => (0, 999),
        };
        var key = this.GetPrimaryKeyString();
        var query = new AuditQuery
        {
            Project = key == IAuditGrain.Installation ? filter.ProjectId : key,
            Account = filter.AccountId,
            Action = filter.Action,
            Subject = filter.SubjectId,
            Contains = filter.Search,
            LowestStatus = lowest,
            HighestStatus = highest,
            FromId = FirstIdAt(filter.From),
            BeforeId = FirstIdAt(filter.To),
            AfterId = filter.After,
            Ascending = filter.Ascending,
            Limit = filter.Limit + 1,
        };
        try
        {
            var rows = await store.ListAsync(query, CancellationToken.None);
            return new AuditPage([.. rows.Take(filter.Limit).Select(Entry)], rows.Count > filter.Limit);
        }
        catch (StorageUnavailableException)
        {
            return new AuditPage([], HasMore: false, CatalogLists.Unavailable());
        }
    }

    public Task<long> CountEdits(DateTimeOffset since) =>
        store.CountAsync(this.GetPrimaryKeyString(), "design", FirstIdAt(since)!, CancellationToken.None);

    private static AuditRow Row(AuditEntry entry) => new(
        entry.Id,
        entry.ProjectId,
        entry.AccountId,
        entry.Action,
        entry.SubjectKind,
        entry.SubjectId,
        entry.Status,
        entry.Count,
        JsonSerializer.SerializeToUtf8Bytes(entry, AuditJsonContext.Default.AuditEntry));

    private static AuditEntry Entry(AuditRow row) => JsonSerializer.Deserialize(row.Data, AuditJsonContext.Default.AuditEntry)
        ?? throw new InvalidOperationException($"The audit entry {row.Id} is empty.");

    /// <summary>Ids grow with time, so a time is a place among them.</summary>
    private static string? FirstIdAt(DateTimeOffset? at) =>
        at is { } time ? Identifier.Create(AuditEntry.Prefix, time, new byte[Identifier.RandomBytes]) : null;
}
