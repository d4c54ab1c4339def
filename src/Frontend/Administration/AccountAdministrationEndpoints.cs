using Actors.Domain;
using Actors.Domain.Accounts;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
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
    DateTimeOffset UpdatedAt);

/// <summary>A permission to set a new password, shown this once.</summary>
/// <param name="Token">To be sent with the new password.</param>
/// <param name="Path">Where to <c>POST</c> <c>{token, new}</c>.</param>
public sealed record PasswordResetAnswer(string Token, string Path, DateTimeOffset ExpiresAt);

/// <summary>The installation's accounts, for its administrators: <c>/admin/accounts</c>.</summary>
public static class AccountAdministrationEndpoints
{
    private static readonly ListRules Rules = ListEndpoints.Catalog with { Searched = "name and address" };

    public static IEndpointRouteBuilder MapAccountAdministration(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/admin/accounts").WithTags("Administration")
            .RequireAuthorization(AuthenticationRegistration.AdministratorPolicy).AddEndpointFilter(AccountEndpoints.NeverStoreAsync);
        accounts.MapGet("/", ListAsync).WithName("ListAccounts").WithSummary("Every account, newest first.").WithList(Rules);
        accounts.MapGet("/{accountId}", GetAsync).WithName("GetAccount").WithSummary("One account with its lock, sessions and tokens.");
        accounts.MapPatch("/{accountId}", ChangeAsync).WithName("ChangeAccount").WithSummary("Changes the role; disables, which ends every session and token, or enables.");
        accounts.MapDelete("/{accountId}/sessions", EndSessionsAsync).WithName("EndAccountSessions").WithSummary("Ends every session of an account.");
        accounts.MapPost("/{accountId}/unlock", UnlockAsync).WithName("UnlockAccount").WithSummary("Forgives failed logins, and ends a lockout.");
        accounts.MapPost("/{accountId}/password-reset", PermitResetAsync).WithName("PermitPasswordReset").WithSummary("Makes a token that sets a new password once.");
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

    private static async Task<Results<Ok<AdministeredAccount>, RefusalResult>> GetAsync(string accountId, IGrainFactory grains) =>
        await grains.GetGrain<IAccountGrain>(accountId).GetDetails() is { Account: var account } details
            ? TypedResults.Ok(new AdministeredAccount(
                account.Id,
                account.Email,
                account.Name,
                account.Role,
                ListedAccount.StatusOf(account),
                details.LockedUntil,
                details.Sessions,
                details.Tokens,
                account.CreatedAt,
                account.UpdatedAt))
            : new Refusal(ErrorCodes.NotFound, "there is no such account").ToResult();

    private static async Task<Results<Ok<AdministeredAccount>, RefusalResult>> ChangeAsync(string accountId, AccountPatchBody body, IGrainFactory grains)
    {
        if (body.Role is not (null or "admin" or "member"))
            return Refusal.Field("role", "must be admin or member").ToResult();

        var change = new AccountAdministration(accountId, body.Role is null ? null : Role(body.Role), body.Disabled);
        return await grains.GetGrain<IAdministratorsGrain>(0).Change(change) is AccountReply.Refused refused
            ? refused.Error.ToResult()
            : await GetAsync(accountId, grains);
    }

    private static async Task<Results<NoContent, RefusalResult>> EndSessionsAsync(string accountId, IGrainFactory grains) =>
        AccountEndpoints.Done(await grains.GetGrain<IAccountGrain>(accountId).EndSessions(null));

    private static async Task<Results<Ok<AdministeredAccount>, RefusalResult>> UnlockAsync(string accountId, IGrainFactory grains) =>
        await grains.GetGrain<IAccountGrain>(accountId).Unlock() is AccountReply.Refused refused
            ? refused.Error.ToResult()
            : await GetAsync(accountId, grains);

    private static async Task<Results<Ok<PasswordResetAnswer>, RefusalResult>> PermitResetAsync(string accountId, HttpContext context, IGrainFactory grains)
    {
        var token = ResetToken.Create(accountId);
        return await grains.GetGrain<IAccountGrain>(accountId).PermitReset(new ResetPermission(context.GetCaller().AccountId, token.SecretHash)) switch
        {
            ResetReply.Permitted permitted => TypedResults.Ok(new PasswordResetAnswer(token.Text, $"{ApiPaths.Root}/auth/password/reset", permitted.ExpiresAt)),
            ResetReply.Refused refused => refused.Error.ToResult(),
            var reply => throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}."),
        };
    }

    private static InstallationRole Role(string text) => text == "admin" ? InstallationRole.Administrator : InstallationRole.Member;
}
