using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Actors.Domain.Designs;

namespace Actors.Domain.Notifications;

/// <summary>What notifications can be about. Clients may meet kinds that they do not know and show title and text.</summary>
public static class NotificationKinds
{
    public const string Mention = "mention";
    public const string CommentReply = "comment.reply";
    public const string Invitation = "invitation";
    public const string JobFinished = "job.finished";
    public const string RunFinished = "run.finished";
    public const string RunMessage = "run.message";
    public const string ApprovalRequested = "approval.requested";
    public const string System = "system";

    public static ImmutableArray<string> All { get; } = [Mention, CommentReply, Invitation, JobFinished, RunFinished, RunMessage, ApprovalRequested, System];
}

/// <summary>Who caused a notification, with the name that they had then.</summary>
public sealed record NotificationAuthor(string Id, string Name, AuthorKind Kind);

/// <summary>Something that an account should know.</summary>
/// <param name="DedupeKey">
/// What makes it the same notification when it is delivered again: 1 to 200 characters, unique in the inbox for ever, such
/// as <c>run.finished:run_…</c>.
/// </param>
/// <param name="Kind">One of <see cref="NotificationKinds"/>.</param>
/// <param name="Title">1 to 200 characters; longer ones are cut.</param>
/// <param name="Text">Up to 2,000 characters; longer ones are cut.</param>
/// <param name="ProjectId">The project that it is about, if any.</param>
/// <param name="Subject">What it is about: ids by their field's name, such as <c>designId</c>. At most 8.</param>
/// <param name="Link">The path of the resource that it is about, such as <c>/api/v1/runs/run_…</c>.</param>
/// <param name="By">Who caused it; null for the system.</param>
public sealed record NewNotification(
    string DedupeKey,
    string Kind,
    string Title,
    string Text,
    string? ProjectId = null,
    ImmutableSortedDictionary<string, string>? Subject = null,
    string? Link = null,
    NotificationAuthor? By = null);

/// <summary>A notification in an inbox.</summary>
/// <param name="Sequence">Its place in the inbox's journal. Grows; not without gaps, because reading counts as well.</param>
/// <param name="ReadAt">When it was marked as read; absent while it is unread.</param>
public sealed record Notification(
    string Id,
    long Sequence,
    string Kind,
    string Title,
    string Text,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ProjectId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableSortedDictionary<string, string>? Subject,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Link,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] NotificationAuthor? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? ReadAt);
