using System.Globalization;
using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Actors.Frontend.Pages;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Administration;

/// <summary>What an administrator changes of an account; what is absent stays.</summary>
internal sealed record AccountPatchBody(string? Role, bool? Disabled);

/// <summary>An account in the administrators' list.</summary>
/// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
public sealed record ListedAccount(string Id, string Email, string Name, InstallationRole Role, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    internal static ListedAccount Of(AccountView view) => new(view.Id, view.Email, view.Name, view.Role, StatusOf(view), view.CreatedAt, view.UpdatedAt);

    internal static string StatusOf(AccountView view) => view.IsDisabled ? "disabled" : "active";
}

/// <summary>An account as administrators see it.</summary>
/// <param name="Status"><c>active</c> or <c>disabled</c>.</param>
/// <param name="LockedUntil">Present while too many failed logins lock it.</param>
/// <param name="Sessions">How many are alive.</param>
/// <param name="Tokens">How many personal access tokens are alive.</param>
public sealed record AdministeredAccount(
    string Id,
    string Email,
    string Name,
    InstallationRole Role,
    string Status,
    DateTimeOffset? LockedUntil,
    int Sessions,
    int Tokens,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal static AdministeredAccount Of(AccountDetails details) => new(
        details.Account.Id,
        details.Account.Email,
        details.Account.Name,
        details.Account.Role,
        ListedAccount.StatusOf(details.Account),
        details.LockedUntil,
        details.Sessions,
        details.Tokens,
        details.Account.CreatedAt,
        details.Account.UpdatedAt);
}

/// <summary>A permission to set a new password, shown this once.</summary>
/// <param name="Token">To be sent with the new password.</param>
/// <param name="Path">Where a program posts <c>{token, new}</c>.</param>
/// <param name="Url">The page where a person sets the password, to be sent to them.</param>
public sealed record PasswordResetAnswer(string Token, string Path, string Url, DateTimeOffset ExpiresAt);

/// <summary>The installation's accounts, for its administrators: <c>/admin/accounts</c>.</summary>
public static class AccountAdministrationEndpoints
{
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such account");
    private static readonly ListRules Rules = ListEndpoints.Catalog with { Searched = "name and address" };

    public static IEndpointRouteBuilder MapAccountAdministration(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/admin/accounts").WithTags("Administration")
            .RequireAuthorization(AuthenticationRegistration.AdministratorPolicy).AddEndpointFilter(AccountEndpoints.NeverStoreAsync);
        accounts.MapGet("/", ListAsync).WithName("ListAccounts").WithSummary("Every account, newest first.").WithList(Rules)
            .Describes("role", "`admin` or `member`.").Describes("status", "`active` or `disabled`.").Example(response: EndpointDocumentation.PageOf(AccountExamples.Listed));
        accounts.MapGet("/{accountId}", GetAsync).WithName("GetAccount").WithSummary("One account with its lock, sessions and tokens.")
            .Versioned().Refuses(ErrorCodes.NotFound).Example(response: AccountExamples.Administered);
        accounts.MapPatch("/{accountId}", ChangeAsync).WithName("ChangeAccount").WithSummary("Changes the role; disables, which ends every session and token, or enables.")
            .Versioned().Refuses(ErrorCodes.NotFound, ErrorCodes.LastAdministrator).Example(AccountExamples.Administration, AccountExamples.Administered);
        accounts.MapDelete("/{accountId}/sessions", EndSessionsAsync).WithName("EndAccountSessions").WithSummary("Ends every session of an account.")
            .Refuses(ErrorCodes.NotFound);
        accounts.MapPost("/{accountId}/unlock", UnlockAsync).WithName("UnlockAccount").WithSummary("Forgives failed logins, and ends a lockout.")
            .Refuses(ErrorCodes.NotFound).Example(response: AccountExamples.Administered);
        accounts.MapPost("/{accountId}/password-reset", PermitResetAsync).WithName("PermitPasswordReset").WithSummary("Makes a token that sets a new password once.")
            .Refuses(ErrorCodes.NotFound).Example(response: AccountExamples.ResetPermission);
        return api;
    }

    private static async Task<Results<Ok<PageOf<ListedAccount>>, RefusalResult>> ListAsync(
        [AsParameters] ListQuery query, [FromQuery(Name = "role")] string? role, [FromQuery(Name = "status")] string? status, IGrainFactory grains)
    {
        if (query.Check(out var list) is { } refusal)
            return refusal.ToResult();

        if (ListFilters.Choice("role", role, out var ofRole, "admin", "member") is { } badRole)
            return badRole.ToResult();

        if (ListFilters.Choice("status", status, out var ofStatus, "active", "disabled") is { } badStatus)
            return badStatus.ToResult();

        var accounts = new AccountQuery(list, ofRole is null ? null : Role(ofRole), ofStatus is null ? null : ofStatus == "disabled");
        return await grains.GetGrain<IAccountDirectoryGrain>(0).List(accounts) switch
        {
            AccountPageReply.Page page => TypedResults.Ok(new PageOf<ListedAccount>([.. page.Items.Select(ListedAccount.Of)], page.NextCursor)),
            AccountPageReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<AdministeredAccount>, StatusCodeHttpResult, RefusalResult>> GetAsync(string accountId, HttpContext context, IGrainFactory grains)
    {
        if (await grains.GetGrain<IAccountGrain>(accountId).GetDetails() is not { } details)
            return Missing.ToResult();

        SetVersion(context.Response, details);
        return context.Request.HasVersion(details.Account.Version, PassingOf(details))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(AdministeredAccount.Of(details));
    }

    private static async Task<Results<Ok<AdministeredAccount>, RefusalResult>> ChangeAsync(string accountId, AccountPatchBody body, HttpContext context, IGrainFactory grains)
    {
        if (body.Role is not (null or "admin" or "member"))
            return Refusal.Field("role", "must be admin or member").ToResult();

        var change = new AccountAdministration(accountId, body.Role is null ? null : Role(body.Role), body.Disabled, context.Request.ExpectedVersion());
        return await grains.GetGrain<IAdministratorsGrain>(0).Change(change) is AccountReply.Refused refused
            ? refused.Error.ToResult()
            : await AnswerAsync(accountId, context, grains);
    }

    private static async Task<Results<NoContent, RefusalResult>> EndSessionsAsync(string accountId, IGrainFactory grains) =>
        AccountEndpoints.Done(await grains.GetGrain<IAccountGrain>(accountId).EndSessions(null));

    private static async Task<Results<Ok<AdministeredAccount>, RefusalResult>> UnlockAsync(string accountId, HttpContext context, IGrainFactory grains) =>
        await grains.GetGrain<IAccountGrain>(accountId).Unlock() is AccountReply.Refused refused
            ? refused.Error.ToResult()
            : await AnswerAsync(accountId, context, grains);

    private static async Task<Results<Ok<PasswordResetAnswer>, RefusalResult>> PermitResetAsync(
        string accountId, HttpContext context, IGrainFactory grains, Identifiers identifiers, PageLinks links)
    {
        var token = ResetToken.Create(accountId, identifiers);
        return await grains.GetGrain<IAccountGrain>(accountId).PermitReset(new ResetPermission(context.GetCaller().AccountId, token.SecretHash)) switch
        {
            ResetReply.Permitted permitted => TypedResults.Ok(new PasswordResetAnswer(
                token.Text, $"{ApiPaths.Root}/auth/password/reset", links.ToResetPassword(context.Request, token.Text), permitted.ExpiresAt)),
            ResetReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<AdministeredAccount>, RefusalResult>> AnswerAsync(string accountId, HttpContext context, IGrainFactory grains)
    {
        if (await grains.GetGrain<IAccountGrain>(accountId).GetDetails() is not { } details)
            return Missing.ToResult();

        SetVersion(context.Response, details);
        return TypedResults.Ok(AdministeredAccount.Of(details));
    }

    private static void SetVersion(HttpResponse response, AccountDetails details) => response.SetVersion(details.Account.Version, PassingOf(details));

    /// <summary>Locks end and sessions expire by themselves, which a reader wants to see and no writer minds.</summary>
    private static string PassingOf(AccountDetails details) =>
        string.Create(CultureInfo.InvariantCulture, $"{details.Sessions}.{details.Tokens}.{details.LockedUntil?.ToUnixTimeMilliseconds() ?? 0}");

    private static InstallationRole Role(string text) => text == "admin" ? InstallationRole.Administrator : InstallationRole.Member;
}
