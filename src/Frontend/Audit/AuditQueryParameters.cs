using Actors.Domain;
using Actors.Domain.Audit;
using Actors.Domain.Identity;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Mvc;

namespace Actors.Frontend.Audit;

/// <summary>Which entries of the audit log. Bound with <c>[AsParameters]</c>.</summary>
/// <param name="Account">Of this account.</param>
/// <param name="Action">Of this operation.</param>
/// <param name="Subject">On the thing with this id.</param>
/// <param name="Result"><c>success</c>, <c>refused</c> or <c>failed</c>.</param>
/// <param name="From">From this time on, ISO 8601 with offset.</param>
/// <param name="To">Before this time.</param>
internal readonly record struct AuditQueryParameters(
    [FromQuery(Name = "account")] string? Account,
    [FromQuery(Name = "action")] string? Action,
    [FromQuery(Name = "subject")] string? Subject,
    [FromQuery(Name = "result")] string? Result,
    [FromQuery(Name = "from")] string? From,
    [FromQuery(Name = "to")] string? To)
{
    public static readonly ListRules Rules = new(["at"], "-at", "action and subject");

    public Refusal? Check(ListQuery query, out AuditFilter filter)
    {
        filter = new AuditFilter();
        var badPage = query.Check(out var list);
        var badResult = ListFilters.Choice("result", Result, out var result, "success", "refused", "failed");
        var badFrom = ListFilters.Time("from", From, out var from);
        var badTo = ListFilters.Time("to", To, out var to);
        if ((badPage ?? badResult ?? badFrom ?? badTo) is { } refusal)
            return refusal;

        if (list.Cursor is not null && !Identifier.IsValid(AuditEntry.Prefix, list.Cursor))
            return Refusal.Field("cursor", "is not one that this list returned");

        filter = new AuditFilter
        {
            AccountId = Given(Account),
            Action = Given(Action),
            SubjectId = Given(Subject),
            Result = result switch
            {
                "success" => AuditResult.Success,
                "refused" => AuditResult.Refused,
                "failed" => AuditResult.Failed,
                _ => null,
            },
            From = from,
            To = to,
            Search = list.Search,
            Ascending = !list.Descending,
            After = list.Cursor,
            Limit = list.Limit,
        };
        return null;
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
