using Actors.Domain.Execution;
using Actors.Domain.Lists;
using Orleans;
using Orleans.Concurrency;

namespace Actors.Grains.Interfaces.Triggers;

/// <summary>
/// One trigger: it starts runs of a design on a schedule, by a webhook, or when a design or file changes. Its key is the
/// trigger id. Reading needs the role viewer in the project, everything else editor; to a stranger every answer is
/// <c>not_found</c>.
/// </summary>
/// <remarks>
/// Each due time, delivery or change fires once, also across restarts: what is to be fired is stored before a run is
/// started, and the run's id follows from it. Runs are started in the name of who changed the trigger last; when that
/// account may not run the design any more, the trigger switches itself off.
/// </remarks>
public interface ITriggerGrain : IGrainWithStringKey
{
    /// <summary>Refuses <c>limit_reached</c>, or <c>not_found</c> for a design of another project.</summary>
    Task<TriggerReply> Create(NewTrigger trigger);

    [ReadOnly]
    [AlwaysInterleave]
    Task<TriggerReply> Get(string by);

    /// <summary>The project that it belongs to, for the server itself; null when there is no such trigger.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<string?> GetProject();

    Task<TriggerReply> Change(TriggerChange change);

    /// <summary>Another address for the webhook; the one before stops working at once.</summary>
    Task<TriggerReply> RollToken(string by, string tokenHash);

    Task<TriggerReply> Delete(string by, long? expectedVersion);

    /// <summary>Fires now, also when it is switched off.</summary>
    /// <param name="key">What makes it the same firing when it is asked for again; null for a new one.</param>
    Task<FiringReply> Fire(string by, Token? payload, string? key);

    /// <summary>
    /// A request to the webhook; the caller has found the trigger by its token. Refuses <c>trigger_disabled</c>,
    /// <c>signature_invalid</c>, <c>unsupported_media_type</c>, <c>body_too_large</c> and <c>rate_limited</c>.
    /// </summary>
    Task<FiringReply> Receive(HookDelivery delivery);

    /// <summary>The newest firings. Sorted by <c>firedAt</c>, searched by status, reason and run.</summary>
    [ReadOnly]
    [AlwaysInterleave]
    Task<FiringPageReply> ListFirings(string by, ListRequest list);

    /// <summary>Does what is due: what the start of a silo calls.</summary>
    Task Wake();
}

/// <summary>Finds triggers from the catalog; its key is 0. The caller has checked the role.</summary>
public interface ITriggerDirectoryGrain : IGrainWithIntegerKey
{
    /// <param name="status"><c>enabled</c> or <c>disabled</c>; null for both.</param>
    [ReadOnly]
    Task<TriggerPageReply> List(string projectId, string? status, ListRequest list);

    /// <summary>The trigger whose webhook has this token; null when there is none.</summary>
    [ReadOnly]
    Task<string?> FindHook(string tokenHash);
}
