using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Frontend.Audit;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Accounts;

/// <summary>Accounts and sessions: <c>/auth</c>.</summary>
public static class AccountEndpoints
{
    public static IEndpointRouteBuilder MapAccounts(this IEndpointRouteBuilder api)
    {
        var open = api.MapGroup("/auth").WithTags("Accounts").AddEndpointFilter(NeverStoreAsync);
        open.MapPost("/register", RegisterAsync).WithName("Register").WithSummary("Creates an account and signs in; the first account is the administrator")
            .Refuses(ErrorCodes.EmailTaken, ErrorCodes.PasswordTooWeak, ErrorCodes.RegistrationClosed, ErrorCodes.InvitationNeeded)
            .Example(AccountExamples.Registration, AccountExamples.SignedIn);
        open.MapPost("/login", LogInAsync).WithName("LogIn").WithSummary("Signs in")
            .Refuses(ErrorCodes.InvalidCredentials, ErrorCodes.AccountLocked, ErrorCodes.AccountDisabled)
            .Example(AccountExamples.Login, AccountExamples.SignedIn);
        open.MapPost("/refresh", RefreshAsync).WithName("Refresh").WithSummary("Renews the access token; the refresh token is spent and the answer brings the next")
            .Refuses(ErrorCodes.RefreshTokenInvalid, ErrorCodes.RefreshTokenReused)
            .Example(AccountExamples.Refresh, AccountExamples.SignedIn);
        open.MapPost("/password/reset", ResetPasswordAsync).WithName("ResetPassword").WithSummary("Sets a new password by an administrator's reset token; every session ends.")
            .Refuses(ErrorCodes.ResetTokenInvalid, ErrorCodes.PasswordTooWeak).Example(AccountExamples.Reset);

        var own = api.MapGroup("/auth").WithTags("Accounts").RequireAuthorization().AddEndpointFilter(NeverStoreAsync);
        own.MapPost("/logout", LogOutAsync).WithName("LogOut").WithMetadata(SessionOnly.Instance).WithSummary("Ends the session; its tokens stop working at once");
        own.MapGet("/me", GetMeAsync).WithName("GetMe").WithSummary("Your account").Versioned().Example(response: AccountExamples.User);
        own.MapPatch("/me", ChangeMeAsync).WithName("ChangeMe").WithSummary("Changes your name").Versioned().Example(AccountExamples.Profile, AccountExamples.User);
        own.MapPut("/password", ChangePasswordAsync).WithName("ChangePassword").WithMetadata(SessionOnly.Instance).WithSummary("Changes your password; your other sessions end")
            .Refuses(ErrorCodes.InvalidCredentials, ErrorCodes.PasswordTooWeak, ErrorCodes.AccountLocked)
            .Example(AccountExamples.Password);
        own.MapSessions();
        own.MapPersonalTokens();
        return api;
    }

    private static async Task<Results<Created<SignedInAnswer>, RefusalResult>> RegisterAsync(
        RegisterBody body, HttpContext context, IGrainFactory grains, Identifiers identifiers, AccessTokens tokens)
    {
        var refresh = RefreshToken.Create(identifiers.Create(Identifier.Account), identifiers.Create(Identifier.Session));
        var reply = await Directory(grains).Register(new Registration(refresh.AccountId, body.Email, body.Name, body.Password, Session(refresh, context), body.InvitationToken is { Length: <= Secret.MaximumLength } token ? Secret.Hash(token) : null));
        return reply switch
        {
            SignInReply.SignedIn signedIn => TypedResults.Created($"{ApiPaths.Root}/auth/me", Answer(context, signedIn, refresh, tokens)),
            SignInReply.Refused refused => refused.Error.ToResult(refused.RetryAfter),
            _ => throw Unknown(reply),
        };
    }

    private static async Task<Results<Ok<SignedInAnswer>, RefusalResult>> LogInAsync(
        LoginBody body, HttpContext context, IGrainFactory grains, Identifiers identifiers, AccessTokens tokens)
    {
        if (string.IsNullOrEmpty(body.Email))
            return Refusal.Field("email", "is needed").ToResult();

        if (string.IsNullOrEmpty(body.Password))
            return Refusal.Field("password", "is needed").ToResult();

        // Whose session it is, the directory finds out; the token can only be written afterwards.
        var draft = RefreshToken.Create("", identifiers.Create(Identifier.Session));
        var reply = await Directory(grains).LogIn(new EmailLogin(body.Email, body.Password, Session(draft, context)));
        if (reply is SignInReply.Refused { AccountId: { } tried })
            context.SetAuditAccount(tried);

        return reply switch
        {
            SignInReply.SignedIn signedIn => TypedResults.Ok(Answer(context, signedIn, draft.For(signedIn.Account.Id), tokens)),
            SignInReply.Refused refused => refused.Error.ToResult(refused.RetryAfter),
            _ => throw Unknown(reply),
        };
    }

    private static async Task<Results<Ok<SignedInAnswer>, RefusalResult>> RefreshAsync(RefreshBody body, HttpContext context, IGrainFactory grains, AccessTokens tokens)
    {
        if (RefreshToken.Parse(body.RefreshToken) is not { } shown)
            return new Refusal(ErrorCodes.RefreshTokenInvalid, "the refresh token is not valid: log in again").ToResult();

        context.SetAuditAccount(shown.AccountId);
        var next = shown.Next();
        var reply = await grains.GetGrain<IAccountGrain>(shown.AccountId)
            .Refresh(new TokenRefresh(shown.SessionId, shown.FamilyHash, shown.TokenHash, next.TokenHash));
        return reply switch
        {
            SignInReply.SignedIn signedIn => TypedResults.Ok(Answer(context, signedIn, next, tokens)),
            SignInReply.Refused refused => refused.Error.ToResult(refused.RetryAfter),
            _ => throw Unknown(reply),
        };
    }

    private static async Task<Results<NoContent, RefusalResult>> LogOutAsync(HttpContext context, IGrainFactory grains)
    {
        var caller = context.GetCaller();
        return Done(await grains.GetGrain<IAccountGrain>(caller.AccountId).LogOut(caller.SessionId));
    }

    private static async Task<Results<Ok<User>, StatusCodeHttpResult, RefusalResult>> GetMeAsync(HttpContext context, IGrainFactory grains)
    {
        if (await grains.GetGrain<IAccountGrain>(context.GetCaller().AccountId).Get() is not { } account)
            return new Refusal(ErrorCodes.Unauthenticated, "the account is gone").ToResult();

        context.Response.SetVersion(account.Version);
        return context.Request.HasVersion(account.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(User.Of(account));
    }

    private static async Task<Results<Ok<User>, RefusalResult>> ChangeMeAsync(ProfileBody body, HttpContext context, IGrainFactory grains)
    {
        var reply = await grains.GetGrain<IAccountGrain>(context.GetCaller().AccountId).Rename(body.Name ?? "", context.Request.ExpectedVersion());
        switch (reply)
        {
            case AccountReply.Done done:
                context.Response.SetVersion(done.Account.Version);
                return TypedResults.Ok(User.Of(done.Account));
            case AccountReply.Refused refused:
                return refused.Error.ToResult(refused.RetryAfter);
            default:
                throw Unknown(reply);
        }
    }

    private static async Task<Results<NoContent, RefusalResult>> ChangePasswordAsync(PasswordBody body, HttpContext context, IGrainFactory grains)
    {
        if (string.IsNullOrEmpty(body.Current))
            return Refusal.Field("current", "is needed").ToResult();

        var caller = context.GetCaller();
        return Done(await grains.GetGrain<IAccountGrain>(caller.AccountId).ChangePassword(new PasswordChange(body.Current, body.New, caller.SessionId)));
    }

    private static async Task<Results<NoContent, RefusalResult>> ResetPasswordAsync(ResetBody body, HttpContext context, IGrainFactory grains)
    {
        if (ResetToken.Parse(body.Token) is not { } token)
            return new Refusal(ErrorCodes.ResetTokenInvalid, "the reset token is unknown, spent or expired: ask for another one").ToResult();

        context.SetAuditAccount(token.AccountId);
        return Done(await grains.GetGrain<IAccountGrain>(token.AccountId).ResetPassword(new PasswordResetting(token.SecretHash, body.New)));
    }

    private static IAccountDirectoryGrain Directory(IGrainFactory grains) => grains.GetGrain<IAccountDirectoryGrain>(0);

    internal static NewSession Session(RefreshToken token, HttpContext context) => new(
        token.SessionId,
        token.FamilyHash,
        token.TokenHash,
        context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null,
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : null);

    private static SignedInAnswer Answer(HttpContext context, SignInReply.SignedIn signedIn, RefreshToken refresh, AccessTokens tokens)
    {
        context.SetAuditAccount(signedIn.Account.Id);
        var (token, expiresAt) = tokens.Issue(signedIn.Account.Id, signedIn.SessionId, signedIn.Account.Name, signedIn.Account.Role);
        return new SignedInAnswer(User.Of(signedIn.Account), token, refresh.Text, expiresAt);
    }

    internal static Results<NoContent, RefusalResult> Done(AccountReply reply) => reply switch
    {
        AccountReply.Done => TypedResults.NoContent(),
        AccountReply.Refused refused => refused.Error.ToResult(refused.RetryAfter),
        _ => throw Unknown(reply),
    };

    private static InvalidOperationException Unknown(object reply) => new($"Unknown reply {reply.GetType().Name}.");

    /// <summary>Secrets and personal data stay out of every cache.</summary>
    internal static ValueTask<object?> NeverStoreAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
