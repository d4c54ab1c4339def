using Actors.Domain;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Actors.Frontend.Documentation;

/// <summary>What an endpoint's metadata says, and what follows from it for its role and its codes.</summary>
internal sealed class DocumentedOperation
{
    private readonly IList<object> _metadata;
    private readonly ApiDescription _description;

    public DocumentedOperation(ApiDescription description)
    {
        _description = description;
        _metadata = description.ActionDescriptor.EndpointMetadata;
        Path = "/" + description.RelativePath;
        Method = description.HttpMethod ?? HttpMethods.Get;
        Body = Last<BodyMetadata>();
        Role = Last<RoleMetadata>() ?? Implied();
    }

    public string Path { get; }

    public string Method { get; }

    /// <summary>Those that the address names, also when the handler reads them from the address as it came.</summary>
    public IEnumerable<string> PathParameters => RoutePatternFactory.Parse(Path).Parameters.Select(parameter => parameter.Name);

    public BodyMetadata? Body { get; }

    /// <summary>Null where an endpoint of a project or a design does not say what role it needs.</summary>
    public RoleMetadata? Role { get; }

    public bool IsAnonymous => Role?.Name == RoleMetadata.Anonymous;

    public bool IsVersioned => Last<VersionedMetadata>() is not null;

    public bool Writes => !HttpMethods.IsGet(Method) && !HttpMethods.IsHead(Method);

    /// <summary>Whether an <c>Idempotency-Key</c> makes it safe to repeat.</summary>
    public bool IsRepeatable => HttpMethods.IsPost(Method) && !IsAnonymous && IsApi;

    public string? RequestExample => Last<ExampleMetadata>()?.Request;

    public string? ResponseExample => Last<ExampleMetadata>()?.Response;

    public IEnumerable<ParameterMetadata> Parameters => _metadata.OfType<ParameterMetadata>();

    public IEnumerable<string> OtherAnswers => _metadata.OfType<AnswerMetadata>().SelectMany(answer => answer.ContentTypes);

    public ListRules? List => Last<ListRules>();

    private bool IsApi => ApiPaths.IsApi(Path) && !ApiPaths.IsHealth(Path);

    private bool HasBody => Body is not null || _description.ParameterDescriptions.Any(parameter => parameter.Source.Id == "Body");

    private bool TakesJson => HasBody && (Body is null or { ContentTypes.Count: 0 } || Body.ContentTypes.Any(type => type.EndsWith("json", StringComparison.Ordinal)));

    /// <summary>Every code that the operation can answer, by status, in the order of the statuses.</summary>
    public IEnumerable<(int Status, string[] Codes)> Refusals() => Codes()
        .Distinct(StringComparer.Ordinal)
        .GroupBy(RefusalStatus.Of)
        .OrderBy(group => group.Key)
        .Select(group => (group.Key, group.ToArray()));

    private IEnumerable<string> Codes()
    {
        // Whether it takes any query parameters or not, it refuses those that it does not know, and looks at what is named like an id.
        if (IsApi)
        {
            yield return ErrorCodes.IdentifierInvalid;
            yield return ErrorCodes.ValidationFailed;
        }

        if (TakesJson)
        {
            yield return ErrorCodes.MalformedJson;
            yield return ErrorCodes.JsonTooDeep;
        }

        if (HasBody)
        {
            yield return ErrorCodes.BodyTooLarge;
            yield return ErrorCodes.UnsupportedMediaType;
        }

        if (!IsAnonymous)
        {
            yield return ErrorCodes.Unauthenticated;
            yield return ErrorCodes.TokenExpired;
            yield return Last<SessionOnly>() is null ? ErrorCodes.ScopeMissing : ErrorCodes.SessionRequired;
        }

        if (Role is { InProject: not null })
            yield return ErrorCodes.NotFound;

        if (Role is { InProject: > ProjectRole.Viewer } or { Name: RoleMetadata.Administrator })
            yield return ErrorCodes.Forbidden;

        if (IsVersioned && Writes)
            yield return ErrorCodes.PreconditionFailed;

        // A key counts where somebody is known, which who has a token is at every address.
        if (HttpMethods.IsPost(Method))
        {
            yield return ErrorCodes.IdempotencyKeyInvalid;
            yield return ErrorCodes.IdempotencyKeyReused;
            yield return ErrorCodes.IdempotencyInProgress;
        }

        if (IsApi)
            yield return ErrorCodes.RateLimited;

        foreach (var code in _metadata.OfType<RefusesMetadata>().SelectMany(refuses => refuses.Codes))
            yield return code;

        // Whatever needs a grain or the storage can meet them busy, moving or stopping.
        yield return ErrorCodes.InternalError;
        yield return ErrorCodes.StorageUnavailable;
        yield return ErrorCodes.Overloaded;
        yield return ErrorCodes.ActivationStale;
        yield return ErrorCodes.ShuttingDown;
        yield return ErrorCodes.TimedOut;
    }

    private RoleMetadata? Implied()
    {
        if (_metadata.OfType<IAllowAnonymous>().Any() || !_metadata.OfType<IAuthorizeData>().Any())
            return RoleMetadata.Of(CallerKind.Anonymous);

        if (_metadata.OfType<IAuthorizeData>().Any(data => data.Policy == AuthenticationRegistration.AdministratorPolicy))
            return RoleMetadata.Of(CallerKind.Administrator);

        var isOfProject = Path.Contains("{projectId}", StringComparison.Ordinal) || Path.Contains("{designId}", StringComparison.Ordinal);
        return isOfProject ? null : RoleMetadata.Of(CallerKind.SignedIn);
    }

    private T? Last<T>()
        where T : class => _metadata.OfType<T>().LastOrDefault();
}
