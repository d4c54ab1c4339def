using System.Text.Json.Serialization;
using Actors.Domain;
using Actors.Domain.Notifications;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Notifications;

/// <summary>
/// One system notification on its way to everyone; its key is its id. It goes page by page of accounts and goes on after
/// a restart by itself; nobody is told twice.
/// </summary>
public interface IBroadcastGrain : IGrainWithStringKey
{
    /// <summary>Begins; the answer does not wait for the deliveries. The caller has checked that an administrator asks.</summary>
    Task<BroadcastReply> Start(NewBroadcast broadcast);

    /// <summary>Null when there is none.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<BroadcastView?> Get();
}

/// <param name="ProjectId">Only its members; null for every account of the installation.</param>
public sealed record NewBroadcast(string Title, string Text, string? ProjectId, NotificationAuthor By);

/// <param name="Status"><c>running</c> or <c>completed</c>.</param>
/// <param name="Reached">Accounts that have it.</param>
public sealed record BroadcastView(string Id, string Status, string Title, string Text, string? ProjectId, int Reached, NotificationAuthor By, DateTimeOffset CreatedAt);

/// <summary>The answer to the start of a broadcast.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "status")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record BroadcastReply
{
    public sealed record Started(BroadcastView Broadcast) : BroadcastReply;

    public sealed record Refused(Refusal Error) : BroadcastReply;
}
