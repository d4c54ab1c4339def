using System.Diagnostics.CodeAnalysis;
using Actors.Domain.Projects;
using Microsoft.AspNetCore.Builder;

namespace Actors.Frontend.Http;

/// <summary>Who may call an endpoint that does not ask for a role in a project.</summary>
public enum CallerKind
{
    /// <summary>Anybody, without a token.</summary>
    Anonymous,

    /// <summary>Whoever is signed in.</summary>
    SignedIn,

    /// <summary>An administrator of the installation.</summary>
    Administrator,
}

/// <summary>
/// What an endpoint declares about itself, beside <c>WithName</c>, <c>WithSummary</c> and <c>WithTags</c>. The OpenAPI
/// document, its lint test, the role matrix, the walkthrough and the fuzzer are all made of it; nothing here changes what
/// the endpoint does. All of it may stand on a group too; what an endpoint says of its role goes before its group's.
/// </summary>
public static class EndpointDocumentation
{
    /// <summary>The least role in the project: documented as <c>x-role</c>, with 404 for strangers and 403 for smaller roles.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, ProjectRole role)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(RoleMetadata.Of(role));

    /// <summary>Who may call it where no role in a project is asked for.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, CallerKind caller)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(RoleMetadata.Of(caller));

    /// <summary>
    /// Codes that this endpoint can answer, beside those that follow from what it is: authentication, role, path and query
    /// parameters, body, <see cref="Versioned"/>, rate limit and availability. Statuses come from <see cref="RefusalStatus"/>.
    /// </summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new RefusesMetadata(codes));

    /// <summary>Examples of the request's and the answer's JSON; a test holds both against their schemas.</summary>
    public static TBuilder Example<TBuilder>(
        this TBuilder builder,
        [StringSyntax(StringSyntaxAttribute.Json)] string? request = null,
        [StringSyntax(StringSyntaxAttribute.Json)] string? response = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ExampleMetadata(request, response));

    /// <summary>Describes a parameter of the path or the query; the handler must take it.</summary>
    public static TBuilder Describes<TBuilder>(this TBuilder builder, string parameter, string description)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ParameterMetadata(parameter, description));

    /// <summary>The resource has an entity tag: reads take <c>If-None-Match</c>, writes <c>If-Match</c>.</summary>
    public static TBuilder Versioned<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(VersionedMetadata.Instance);

    /// <summary>The shape of a body that the handler takes as raw JSON or as a stream.</summary>
    /// <param name="contentTypes">JSON when none is given.</param>
    public static TBuilder Takes<TBuilder>(this TBuilder builder, Type body, params string[] contentTypes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new BodyMetadata(body, contentTypes));

    /// <summary>Content types of the successful answer beside the documented one; such an answer has no schema.</summary>
    public static TBuilder AnswersAlso<TBuilder>(this TBuilder builder, params string[] contentTypes)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new AnswerMetadata(contentTypes));

    /// <summary>The JSON of a page that holds one item.</summary>
    public static string PageOf([StringSyntax(StringSyntaxAttribute.Json)] string item) => $$"""{"items":[{{item}}],"nextCursor":null}""";
}

/// <summary>The least role, as <c>x-role</c> says it.</summary>
internal sealed record RoleMetadata(string Name, ProjectRole? InProject)
{
    public const string Anonymous = "anonymous";
    public const string SignedIn = "signedIn";
    public const string Administrator = "admin";

    public static RoleMetadata Of(ProjectRole role) => new(
        role switch
        {
            ProjectRole.Viewer => "viewer",
            ProjectRole.Commenter => "commenter",
            ProjectRole.Editor => "editor",
            _ => "owner",
        },
        role);

    public static RoleMetadata Of(CallerKind caller) => new(
        caller switch
        {
            CallerKind.Anonymous => Anonymous,
            CallerKind.SignedIn => SignedIn,
            _ => Administrator,
        },
        null);
}

internal sealed record RefusesMetadata(IReadOnlyList<string> Codes);

internal sealed record ExampleMetadata(string? Request, string? Response);

internal sealed record ParameterMetadata(string Name, string Description);

internal sealed record BodyMetadata(Type Body, IReadOnlyList<string> ContentTypes);

internal sealed record AnswerMetadata(IReadOnlyList<string> ContentTypes);

internal sealed record VersionedMetadata
{
    public static readonly VersionedMetadata Instance = new();
}
