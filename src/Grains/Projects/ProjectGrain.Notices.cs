using System.Collections.Immutable;
using Actors.Domain.Projects;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Notifications;
using Actors.Storage;
using Orleans;
using ProjectOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Projects.ProjectState, Actors.Domain.Projects.ProjectEvent>;

namespace Actors.Grains.Projects;

/// <summary>Telling accounts that their addresses are invited. An address without one is told when it registers.</summary>
internal sealed partial class ProjectGrain
{
    private NoticeRounds? _notices;

    private NoticeRounds Notices => _notices ??= new NoticeRounds(this, () => !Committed.Untold.IsEmpty, TellAsync);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        Notices.Start();
    }

    private async Task<bool> TellAsync()
    {
        var told = ImmutableArray.CreateBuilder<string>();
        foreach (var notice in Committed.Untold)
        {
            if (await TellAsync(notice))
                told.Add(notice.InvitationId);
        }

        var command = new ProjectCommand.ConfirmTold(Now, "system", told.ToImmutable());
        return told.Count > 0 && await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, command.By) is not ProjectOutcome.Refused;
    }

    /// <summary>The account is looked for only now: one that registers meanwhile finds the invitation itself.</summary>
    private async Task<bool> TellAsync(InvitationNotice notice)
    {
        if (Committed.FindInvitation(notice.InvitationId) is not { Email: { } email } invitation || invitation.RefuseAt(Now) is not null)
            return true;

        try
        {
            return await GrainFactory.GetGrain<IAccountDirectoryGrain>(0).Resolve(email) is not { } accountId
                || (await notifier.NotifyAsync([accountId], InvitationNotices.Of(Committed.Id, Committed.Name, invitation.Id, invitation.InvitedBy, notice.ByName))).IsEmpty;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
