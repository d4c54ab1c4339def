using System.Threading.RateLimiting;
using Actors.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Frontend.Http;

/// <summary>Puts the limits before all requests and their state on all answers.</summary>
internal static class RateLimiting
{
    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddSingleton<RequestLimiter>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<RequestLimiter>((options, limiter) =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = limiter.All;
            options.OnRejected = async (rejected, _) =>
            {
                limiter.WriteHeaders(rejected.HttpContext);
                var retryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
                await Problem.WriteAsync(
                    rejected.HttpContext,
                    new Refusal(ErrorCodes.RateLimited, "too many requests: wait for the time in Retry-After", Retryable: true),
                    retryAfter);
            };
        });
    }

    public static void UseRequestLimits(this WebApplication app)
    {
        app.UseRateLimiter();
        app.UseMiddleware<RateLimitHeaders>();
    }

    /// <summary>An error clears the answer's headers, so these are written when it begins.</summary>
    private sealed class RateLimitHeaders(RequestDelegate next, RequestLimiter limiter)
    {
        public Task InvokeAsync(HttpContext context)
        {
            context.Response.OnStarting(static state =>
            {
                var (limiter, context) = ((RequestLimiter, HttpContext))state;
                limiter.WriteHeaders(context);
                return Task.CompletedTask;
            }, (limiter, context));
            return next(context);
        }
    }
}
