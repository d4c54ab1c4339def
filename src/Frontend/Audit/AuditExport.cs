using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Domain.Audit;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Audit;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Audit;

/// <summary>The audit log as a file, streamed page by page.</summary>
internal sealed class AuditExport(IAuditGrain log, AuditFilter filter, string format, int maximum) : IResult
{
    private const int PageSize = 500;

    private static readonly string[] Columns =
    [
        "id", "at", "projectId", "accountId", "sessionId", "address", "agent", "action", "subjectKind", "subjectId", "status", "code", "requestId",
        "count", "fromRevision", "toRevision",
    ];

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // The first page before the headers: storage that is away is a problem document, not a broken file.
        var page = await ReadAsync(filter with { Limit = Math.Min(PageSize, maximum) });
        var response = httpContext.Response;
        response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=\"audit.{format}\"";
        response.Headers.CacheControl = "no-store";
        if (format == "csv")
            await response.WriteAsync(string.Join(',', Columns) + "\r\n", httpContext.RequestAborted);

        var left = maximum;
        while (true)
        {
            await response.WriteAsync(Text(page), httpContext.RequestAborted);
            left -= page.Items.Length;
            if (!page.HasMore || left <= 0)
                return;

            page = await ReadAsync(filter with { After = page.Items[^1].Id, Limit = Math.Min(PageSize, left) });
        }
    }

    private async Task<AuditPage> ReadAsync(AuditFilter part)
    {
        var page = await log.List(part);
        return page.Refusal is { } refusal ? throw new RefusalException(refusal) : page;
    }

    private string Text(AuditPage page)
    {
        var text = new StringBuilder();
        foreach (var entry in page.Items)
        {
            if (format == "csv")
                text.AppendJoin(',', Cells(entry).Select(Cell)).Append("\r\n");
            else
                text.Append(JsonSerializer.Serialize(entry, AuditJsonContext.Default.AuditEntry)).Append('\n');
        }

        return text.ToString();
    }

    private static string[] Cells(AuditEntry entry) =>
    [
        entry.Id,
        entry.At.ToString("o", CultureInfo.InvariantCulture),
        entry.ProjectId,
        entry.AccountId,
        entry.SessionId,
        entry.Address,
        entry.Agent,
        entry.Action,
        entry.SubjectKind,
        entry.SubjectId,
        entry.Status.ToString(CultureInfo.InvariantCulture),
        entry.Code,
        entry.RequestId,
        entry.Count.ToString(CultureInfo.InvariantCulture),
        entry.FromRevision.ToString(CultureInfo.InvariantCulture),
        entry.ToRevision.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary>RFC 4180; and a cell that a spreadsheet would take for a formula is made text.</summary>
    private static string Cell(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            value = "'" + value;

        return value.AsSpan().ContainsAny(Quoted) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }
}
