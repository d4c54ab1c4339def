using Actors.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Http;

/// <summary>How long a request may take, its body included; then it is cancelled and answered <c>timed_out</c>.</summary>
internal static class RequestTime
{
    public static void AddRequestTime(this IServiceCollection services)
    {
        services.AddRequestTimeouts();
        services.AddOptions<RequestTimeoutOptions>().Configure<IOptions<HttpLimits>>((timeouts, limits) => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = limits.Value.RequestTimeout,
            TimeoutStatusCode = RefusalStatus.Of(ErrorCodes.TimedOut),
            WriteTimeoutResponse = context => Problem.WriteAsync(
                context,
                new Refusal(ErrorCodes.TimedOut, $"this took longer than {limits.Value.RequestTimeout.TotalSeconds:0.###} s: it may still happen, ask before repeating", Retryable: true)),
        });
    }

    /// <summary>For answers that last as long as somebody listens, and contents that are as slow as the way to the client.</summary>
    public static void Lift(HttpContext context) => context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
}
