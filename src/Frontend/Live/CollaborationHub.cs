using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
using Actors.Frontend.Http;
using Actors.Frontend.Projects;
using Actors.Frontend.Runs;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Rooms;
using Actors.Grains.Interfaces.Runs;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Live;

/// <summary>
/// Everything live, at <c>/hubs/collaboration</c>. Streams are resumed by position; refusals are results, and a stream
/// that ends says why in its last frame.
/// </summary>
internal sealed partial class CollaborationHub : Hub
{
    private static readonly object ConnectionKey = new();
    private static readonly object OriginKey = new();
    private static readonly Refusal NoDesign = new(ErrorCodes.NotFound, "There is no such design, or you may not see it.");
    private static readonly Refusal NoProject = new(ErrorCodes.NotFound, "There is no such project, or you may not see it.");
    private static readonly SubmitReply NotFound = Refuse(NoDesign);
    private static readonly SubmitReply Forbidden = Refuse(new Refusal(ErrorCodes.Forbidden, "This needs the role editor in the design's project."));

    private readonly LiveServices _live;
    private readonly IGrainFactory _grains;
    private readonly IProjectAccess _projects;
    private readonly ISessionAccess _sessions;
    private readonly ValidationFeeds _validation;
    private readonly DesignLimits _limits;
    private readonly ExceptionTranslation _errors;
    private readonly TimeProvider _time;
    private readonly HubAudit _audit;

    /// <summary>Made for each call by the hub's dispatcher.</summary>
    public CollaborationHub(
        LiveServices live,
        IGrainFactory grains,
        IProjectAccess projects,
        ISessionAccess sessions,
        ValidationFeeds validation,
        DesignLimits limits,
        ExceptionTranslation errors,
        TimeProvider time,
        HubAudit audit)
    {
        _audit = audit;
        _errors = errors;
        _live = live;
        _grains = grains;
        _projects = projects;
        _sessions = sessions;
        _validation = validation;
        _limits = limits;
        _time = time;
    }

    private LiveConnection Connection => (LiveConnection)Context.Items[ConnectionKey]!;

    public override Task OnConnectedAsync()
    {
        var http = Context.GetHttpContext()!;
        var caller = http.GetCaller();
        Context.Items[OriginKey] = HubOrigin.Of(Context.ConnectionId, caller, http);
        Action? close = Context.Features.Get<IConnectionLifetimeNotificationFeature>() is { } lifetime ? lifetime.RequestClose : null;
        var connection = new LiveConnection(Context.ConnectionId, Context.Abort, close, caller, _grains, _projects, _sessions, _live, _time);
        Context.Items[ConnectionKey] = connection;
        _live.Add(connection);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(ConnectionKey, out var connection))
        {
            _live.Remove((LiveConnection)connection!);
        }

        return Task.CompletedTask;
    }

    /// <summary>A design from a position on: what was missed, then what happens.</summary>
    public async IAsyncEnumerable<LiveFrame> WatchDesign(
        JsonElement designId,
        JsonElement? position,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = Connection;
        var badId = HubArguments.ReadId(Identifier.Design, designId, "designId", out var id);
        var badPosition = HubArguments.ReadPosition(position, out var from);
        if ((badId ?? badPosition ?? RefuseStream(connection)) is { } refusal)
        {
            yield return LiveFrame.End(refusal);
            yield break;
        }

        if (connection.LaneOf(id) is not { } lane)
        {
            yield return LiveFrame.End(TooManyDesigns());
            yield break;
        }

        var (access, unanswered) = await AskAsync(lane.EnterAsync());
        if (access?.Role is null)
        {
            connection.Forget(lane);
            yield return LiveFrame.End(unanswered ?? NoDesign);
            yield break;
        }

        var feed = _live.Designs.Acquire(id);
        var reader = new DesignReader(feed, from, _live.Options, _time, connection);
        feed.Add(reader);
        connection.Add(reader);
        using var roster = _projects.Subscribe(access.ProjectId, connection.Caller.AccountId, reader.EndFor);
        try
        {
            await foreach (var frame in GuardAsync(reader.ReadAsync(cancellationToken), cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            connection.Remove(reader);
            feed.Remove(reader);
            _live.Designs.Release(feed);
        }
    }

    /// <summary>What is wrong with a design: all findings, then what comes and goes as people edit.</summary>
    public async IAsyncEnumerable<LiveFrame> WatchValidation(JsonElement designId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = Connection;
        var badId = HubArguments.ReadId(Identifier.Design, designId, "designId", out var id);
        if ((badId ?? RefuseStream(connection)) is { } refusal)
        {
            yield return LiveFrame.End(refusal);
            yield break;
        }

        if (connection.LaneOf(id) is not { } lane)
        {
            yield return LiveFrame.End(TooManyDesigns());
            yield break;
        }

        var (access, unanswered) = await AskAsync(lane.EnterAsync());
        if (access?.Role is null)
        {
            connection.Forget(lane);
            yield return LiveFrame.End(unanswered ?? NoDesign);
            yield break;
        }

        var reader = new ValidationReader(_live.Options, _time, connection);
        connection.Add(reader);
        using var roster = _projects.Subscribe(access.ProjectId, connection.Caller.AccountId, reader.EndFor);
        using var findings = _validation.Subscribe(id, reader);
        try
        {
            await foreach (var frame in GuardAsync(reader.ReadAsync(cancellationToken), cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            connection.Remove(reader);
        }
    }

    /// <summary>Commits a batch of operations.</summary>
    public Task<SubmitReply> Submit(JsonElement designId, JsonElement batch)
    {
        if (HubArguments.ReadId(Identifier.Design, designId, "designId", out var id) is { } refusal
            || !BatchReader.TryRead(batch, _limits, out var read, out refusal))
        {
            return Task.FromResult(Refuse(refusal));
        }

        return EditAsync("Hub.Submit", id, read, static (grain, caller, batch) => grain.Submit(caller, batch!));
    }

    /// <summary>Takes back the caller's last batch.</summary>
    public Task<SubmitReply> Undo(JsonElement designId) => HubArguments.ReadId(Identifier.Design, designId, "designId", out var id) is { } refusal
        ? Task.FromResult(Refuse(refusal))
        : EditAsync("Hub.Undo", id, null, static (grain, caller, _) => grain.Undo(caller));

    /// <summary>Does again what the caller took back last.</summary>
    public Task<SubmitReply> Redo(JsonElement designId) => HubArguments.ReadId(Identifier.Design, designId, "designId", out var id) is { } refusal
        ? Task.FromResult(Refuse(refusal))
        : EditAsync("Hub.Redo", id, null, static (grain, caller, _) => grain.Redo(caller));

    /// <summary>A project's room: who is there, their cursors, what is said.</summary>
    public async IAsyncEnumerable<LiveFrame> WatchRoom(
        JsonElement projectId,
        JsonElement? afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = Connection;
        var badId = HubArguments.ReadId(Identifier.Project, projectId, "projectId", out var id);
        var badSequence = HubArguments.ReadSequence(afterSequence, out var after);
        if ((badId ?? badSequence ?? RefuseStream(connection)) is { } refusal)
        {
            yield return LiveFrame.End(refusal);
            yield break;
        }

        var caller = connection.Caller;
        var (role, unanswered) = await AskAsync(_projects.GetRoleAsync(caller.AccountId, id, cancellationToken));
        if (role is null)
        {
            yield return LiveFrame.End(unanswered ?? NoProject);
            yield break;
        }

        var feed = _live.Rooms.Acquire(id);
        var inbox = _live.Inboxes.Acquire(caller.AccountId);
        var reader = new RoomReader(feed, inbox, after, _live.Options, _time, connection);
        inbox.Add(reader);
        connection.Add(reader);
        using var roster = _projects.Subscribe(id, caller.AccountId, reader.EndFor);
        try
        {
            await feed.EnterAsync(reader, connection.Id, ParticipantOf(caller));
            await foreach (var frame in GuardAsync(reader.ReadAsync(cancellationToken), cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            connection.Remove(reader);
            inbox.Remove(reader);
            _live.Inboxes.Release(inbox);
            await feed.LeaveAsync(reader, connection.Id);
            _live.Rooms.Release(feed);
        }
    }

    /// <summary>The caller's notifications from a position on: what was missed, then what happens.</summary>
    public async IAsyncEnumerable<LiveFrame> WatchNotifications(
        JsonElement? afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = Connection;
        var badSequence = HubArguments.ReadSequence(afterSequence, out var after);
        if ((badSequence ?? RefuseStream(connection)) is { } refusal)
        {
            yield return LiveFrame.End(refusal);
            yield break;
        }

        var feed = _live.Inboxes.Acquire(connection.Caller.AccountId);
        var reader = new InboxReader(feed, after, _live.Options, _time, connection);
        feed.Add(reader);
        connection.Add(reader);
        try
        {
            await foreach (var frame in GuardAsync(reader.ReadAsync(cancellationToken), cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            connection.Remove(reader);
            feed.Remove(reader);
            _live.Inboxes.Release(feed);
        }
    }

    /// <summary>A run: events after a sequence number, then what happens; of its states the newest.</summary>
    public async IAsyncEnumerable<LiveFrame> WatchRun(
        JsonElement runId,
        JsonElement? afterSequence,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var connection = Connection;
        var badId = HubArguments.ReadId(Identifier.Run, runId, "runId", out var id);
        var badSequence = HubArguments.ReadSequence(afterSequence, out var after);
        if ((badId ?? badSequence ?? RefuseStream(connection)) is { } refusal)
        {
            yield return LiveFrame.End(refusal);
            yield break;
        }

        var (run, unanswered) = await AskAsync(new ValueTask<RunHeader?>(_grains.GetGrain<IRunGrain>(id).GetHeader()));
        var (role, unknown) = run is null
            ? (null, null)
            : await AskAsync(_projects.GetRoleAsync(connection.Caller.AccountId, run.ProjectId, cancellationToken));
        if (role is null)
        {
            yield return LiveFrame.End(unanswered ?? unknown ?? RunGate.NoRun);
            yield break;
        }

        var reader = new RunReader(_grains, run!, after ?? 0, _live.Options, _time, connection);
        connection.Add(reader);
        using var roster = _projects.Subscribe(run!.ProjectId, connection.Caller.AccountId, reader.EndFor);
        try
        {
            await foreach (var frame in GuardAsync(reader.ReadAsync(cancellationToken), cancellationToken))
            {
                yield return frame;
            }
        }
        finally
        {
            connection.Remove(reader);
        }
    }

    /// <summary>Shows the caller's cursor to the others; the newest replaces the one before.</summary>
    public async Task MoveCursor(JsonElement projectId, JsonElement cursor)
    {
        var caller = Connection.Caller;
        if (Connection.ChangeRefusal is null
            && HubArguments.ReadId(Identifier.Project, projectId, "projectId", out var id) is null
            && HubArguments.ReadCursor(caller.AccountId, cursor) is { } moved
            && await _projects.GetRoleAsync(caller.AccountId, id, Context.ConnectionAborted) is not null)
        {
            await _grains.GetGrain<IRoomGrain>(id).MoveCursor(moved);
        }
    }

    /// <summary>Says something to everyone in the room.</summary>
    public async Task<SayReply> Say(JsonElement projectId, JsonElement text)
    {
        var connection = Connection;
        var caller = connection.Caller;
        var badId = HubArguments.ReadId(Identifier.Project, projectId, "projectId", out var id);
        var badText = text.ValueKind == JsonValueKind.String ? null : Refusal.Field("text", "must be text");
        if ((connection.ChangeRefusal ?? badId ?? badText) is { } refusal)
        {
            return new SayReply(new SayResult.Refused(refusal));
        }

        var result = await SayAsync(caller, id, text.GetString()!);
        Note("Hub.Say", id, "room", id, (result as SayResult.Refused)?.Error, revision: 0);
        return new SayReply(result);
    }

    private async Task<SayResult> SayAsync(Caller caller, string projectId, string text)
    {
        var (role, unanswered) = await AskAsync(_projects.GetRoleAsync(caller.AccountId, projectId, Context.ConnectionAborted));
        if (role is null or ProjectRole.Viewer)
        {
            return new SayResult.Refused(unanswered
                ?? (role is null ? NoProject : new Refusal(ErrorCodes.Forbidden, "This needs the role commenter in the project.")));
        }

        var (said, unsaid) = await AskAsync(new ValueTask<SayResult>(_grains.GetGrain<IRoomGrain>(projectId).Say(ParticipantOf(caller), text)));
        return said ?? new SayResult.Refused(unsaid!);
    }

    /// <summary>What this connection did, for the audit log.</summary>
    private void Note(string action, string projectId, string subjectKind, string subjectId, Refusal? refusal, long revision) => _audit.Note(
        (HubOrigin)Context.Items[OriginKey]!,
        action,
        projectId,
        subjectKind,
        subjectId,
        refusal is null ? StatusCodes.Status200OK : RefusalStatus.Of(refusal.Code),
        refusal?.Code ?? "",
        revision);

    private static SubmitReply Refuse(Refusal refusal) => new(new SubmitResult.Refused(refusal));

    private static Participant ParticipantOf(Caller caller) => new(caller.AccountId, caller.Name, AuthorKind.User);

    private async Task<SubmitReply> EditAsync(string action, string id, Batch? batch, Func<IDesignGrain, DesignCaller, Batch?, Task<SubmitResult>> edit)
    {
        var (reply, projectId) = await EditAsync(id, batch, edit);
        Note(action, projectId, "design", id, (reply.Result as SubmitResult.Refused)?.Error, (reply.Result as SubmitResult.Committed)?.Revision ?? 0);
        return reply;
    }

    private async Task<(SubmitReply Reply, string ProjectId)> EditAsync(string id, Batch? batch, Func<IDesignGrain, DesignCaller, Batch?, Task<SubmitResult>> edit)
    {
        var connection = Connection;
        if (connection.ChangeRefusal is { } ended)
        {
            return (Refuse(ended), "");
        }

        if (connection.LaneOf(id) is not { } lane)
        {
            return (Refuse(TooManyDesigns()), "");
        }

        try
        {
            var access = await lane.EnterAsync();
            switch (access.Role)
            {
                case null:
                    connection.Forget(lane);
                    return (NotFound, access.ProjectId);
                case < ProjectRole.Editor:
                    return (Forbidden, access.ProjectId);
                default:
                    return (new SubmitReply(await edit(_grains.GetGrain<IDesignGrain>(id), connection.DesignCaller, batch)), access.ProjectId);
            }
        }
        catch (Exception exception)
        {
            return (Refuse(Explain(exception)), "");
        }
    }

    /// <summary>An answer, or the refusal that stands for the exception that came instead.</summary>
    private async Task<(T? Answer, Refusal? Refusal)> AskAsync<T>(ValueTask<T> question)
    {
        try
        {
            return (await question, null);
        }
        catch (Exception exception) when (!Context.ConnectionAborted.IsCancellationRequested)
        {
            return (default, Explain(exception));
        }
    }

    /// <summary>A stream that fails says so in its last frame, and whether to come again.</summary>
    private async IAsyncEnumerable<LiveFrame> GuardAsync(IAsyncEnumerable<LiveFrame> frames, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var enumerator = frames.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            LiveFrame? end = null;
            try
            {
                if (!await enumerator.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                end = LiveFrame.End(Explain(exception));
            }

            yield return end ?? enumerator.Current;
            if (end is not null)
            {
                yield break;
            }
        }
    }

    private Refusal Explain(Exception exception)
    {
        var refusal = _errors.Translate(exception);
        if (refusal.Code == ErrorCodes.InternalError)
        {
            LogFailed(_live.Logger, exception);
        }

        return refusal;
    }

    private Refusal? RefuseStream(LiveConnection connection) => connection.Refusal
        ?? (connection.StreamCount >= _live.Options.WatchesPerConnection
            ? new Refusal(ErrorCodes.LimitReached, $"watchesPerConnection: one connection may follow {_live.Options.WatchesPerConnection} streams.")
            : null);

    private Refusal TooManyDesigns() =>
        new(ErrorCodes.LimitReached, $"watchesPerConnection: one connection may work on {_live.Options.WatchesPerConnection} designs.");

    [LoggerMessage(EventId = 3404, Level = LogLevel.Error, Message = "A call over the hub failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
