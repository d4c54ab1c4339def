using Actors.Domain.Comments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Comments;

/// <summary>What the comment grains need from the silo.</summary>
public static class CommentGrainsRegistration
{
    /// <summary>Limits from section <c>Comments</c>, validated at start.</summary>
    public static IServiceCollection AddCommentGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddValidated<CommentLimits>(configuration.GetSection(CommentLimits.Section), limits => limits.Validate());
        return services;
    }
}
