using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Lists;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Secrets;

/// <summary>
/// The secrets of one project; its key is the project id. Listing and setting need the role editor, removing owner; to a
/// stranger every answer is <c>not_found</c>. No answer ever holds a value.
/// </summary>
public interface ISecretsGrain : IGrainWithStringKey
{
    /// <summary>Creates a secret or gives it another value.</summary>
    Task<SecretReply> Set(SecretSetting setting);

    /// <summary>Removes a secret.</summary>
    /// <param name="expectedVersion">The version that the writer saw, else <c>precondition_failed</c>; null removes whatever it is.</param>
    Task<SecretReply> Remove(string by, string name, long? expectedVersion);

    /// <summary>One secret, without its value.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<SecretReply> Get(string by, string name);

    /// <summary>Names, and when they were set. Sorted by <c>name</c> or <c>updatedAt</c>, searched by name.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<SecretPageReply> List(string by, ListRequest list);

    /// <summary>A value as it was sealed, for the server itself, which has the key; null when there is none of that name.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<string?> GetSealed(string name);
}

/// <param name="Value">At most 32 KiB as UTF-8.</param>
/// <param name="ExpectedVersion">The version that the writer saw, else <c>precondition_failed</c>; null sets whatever it is.</param>
public sealed record SecretSetting(string By, string Name, string Value, long? ExpectedVersion = null)
{
    /// <summary>Whatever prints a message does not print the value.</summary>
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("By = ").Append(By).Append(", Name = ").Append(Name).Append(", Value = ***");
        return true;
    }
}

/// <summary>A secret without its value.</summary>
/// <param name="Version">How often it was set.</param>
public sealed record SecretView(string Name, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string UpdatedBy);

/// <summary>The answer about one secret.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record SecretReply
{
    public sealed record Done(SecretView Secret) : SecretReply;

    public sealed record Removed : SecretReply;

    public sealed record Refused(Refusal Error) : SecretReply;
}

/// <summary>The answer to a list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Page), "page")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record SecretPageReply
{
    public sealed record Page(ImmutableArray<SecretView> Items, string? NextCursor) : SecretPageReply;

    public sealed record Refused(Refusal Error) : SecretPageReply;
}
