using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.UiComponents;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.UiComponents;

/// <summary>
/// The user interface components that a project made for its designs; the key is the project id. Writing needs the role editor;
/// to a stranger every answer is <c>not_found</c>.
/// </summary>
/// <remarks>A change is known to all designs in this process before it is answered, and to those in others within seconds.</remarks>
public interface IUiComponentsGrain : IGrainWithStringKey
{
    /// <summary>Makes a component; <c>component_exists</c> when there is one of that id.</summary>
    Task<UiComponentReply> Create(UiComponentWrite write);

    /// <summary>Writes a component anew. Nodes stay as they are; validation finds those that it no longer allows.</summary>
    Task<UiComponentReply> Replace(UiComponentWrite write);

    /// <summary>Removes a component. Its nodes stay and are drawn as boxes; validation finds them.</summary>
    Task<UiComponentReply> Remove(string by, string id, long? expectedVersion);

    /// <summary>All of them; null when <paramref name="known"/> is their newest revision.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<UiComponentSet?> GetAll(long? known);
}

/// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
public sealed record UiComponentWrite(string By, string Id, UiComponentDefinition Definition, long? ExpectedVersion = null);

/// <summary>The components of a project by id.</summary>
/// <param name="Revision">How many changes made them.</param>
public sealed record UiComponentSet(long Revision, ImmutableArray<UiComponent> Components);

/// <summary>The answer about one component.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record UiComponentReply
{
    public sealed record Done(UiComponent Component) : UiComponentReply;

    public sealed record Removed : UiComponentReply;

    public sealed record Refused(Refusal Error) : UiComponentReply;
}
