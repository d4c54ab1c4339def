using Actors.Frontend.Accounts;
using Microsoft.AspNetCore.Http;
using Orleans.Runtime;

namespace Actors.Frontend.Http;

/// <summary>Sends the caller's account along with grain calls, for logs. Grains decide by what they are told in a call, never by this.</summary>
internal sealed class AccountIdMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.TryGetCaller() is { } caller)
            RequestContext.Set(RequestScope.AccountId, caller.AccountId);

        await next(context);
    }
}
