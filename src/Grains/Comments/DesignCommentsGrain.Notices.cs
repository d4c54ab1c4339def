using System.Collections.Immutable;
using Actors.Domain.Comments;
using Actors.Domain.Notifications;
using Actors.Grains.Interfaces.Designs;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Comments;

/// <summary>Telling people of comments.</summary>
internal sealed partial class DesignCommentsGrain
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private IGrainTimer? _retry;
    private bool _telling;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _retry?.Dispose();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <summary>What a former activation left untold, or an inbox could not take.</summary>
    private void StartTelling()
    {
        if (_retry is null && !Committed.Notices.IsEmpty)
        {
            _retry = this.RegisterGrainTimer(
                static (grain, _) => grain.TellAsync(),
                this,
                new GrainTimerCreationOptions(RetryAfter, RetryAfter) { Interleave = true, KeepAlive = true });
        }
    }

    private async Task TellAsync()
    {
        if (_telling)
            return;

        _telling = true;
        try
        {
            while (!Committed.Notices.IsEmpty)
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
                if (told.Count == 0 || await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, "system") is EventSourcing.Outcome<CommentsState, CommentEvent>.Refused)
                    break;
            }
        }
        finally
        {
            _telling = false;
        }

        if (Committed.Notices.IsEmpty)
        {
            _retry?.Dispose();
            _retry = null;
        }
        else
        {
            StartTelling();
        }
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
