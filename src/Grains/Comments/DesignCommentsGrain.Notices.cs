using System.Collections.Immutable;
using Actors.Domain.Comments;
using Actors.Domain.Notifications;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Notifications;
using Orleans;
using CommentOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Comments.CommentsState, Actors.Domain.Comments.CommentEvent>;

namespace Actors.Grains.Comments;

/// <summary>Telling people of comments.</summary>
internal sealed partial class DesignCommentsGrain
{
    private NoticeRounds? _notices;

    private NoticeRounds Notices => _notices ??= new NoticeRounds(this, () => !Committed.Notices.IsEmpty, TellAsync);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _notices?.Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    private async Task<bool> TellAsync()
    {
        var told = ImmutableArray.CreateBuilder<string>();
        var header = await Design.GetHeader();
        foreach (var notice in Committed.Notices)
        {
            // Of a design that is gone there is nothing left to tell.
            if (header is null || (await notifier.NotifyAsync(notice.To, ToNotification(notice, header))).IsEmpty)
                told.Add(notice.Key);
        }

        var command = new CommentCommand.ConfirmNotices(Now, told.ToImmutable());
        return told.Count > 0 && await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, "system") is not CommentOutcome.Refused;
    }

    private NewNotification ToNotification(Notice notice, DesignHeader design) => new(
        notice.Key,
        notice.Mention ? NotificationKinds.Mention : NotificationKinds.CommentReply,
        notice.Mention ? $"{notice.By.Name} mentioned you in {design.Name}" : $"{notice.By.Name} replied in {design.Name}",
        Mentions.ToPlainText(notice.Text),
        design.ProjectId,
        ImmutableSortedDictionary<string, string>.Empty.Add("designId", DesignId).Add("threadId", notice.ThreadId).Add("commentId", notice.CommentId),
        $"/api/v1/designs/{DesignId}/comments/{notice.ThreadId}",
        new NotificationAuthor(notice.By.Id, notice.By.Name, notice.By.Kind));
}
