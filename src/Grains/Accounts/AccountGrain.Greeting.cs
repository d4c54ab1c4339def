using Actors.Domain.Accounts;
using Actors.Grains.Notifications;
using Actors.Grains.Projects;
using Actors.Storage;
using Orleans;
using AccountOutcome = Actors.Grains.EventSourcing.Outcome<Actors.Domain.Accounts.AccountState, Actors.Domain.Accounts.AccountEvent>;

namespace Actors.Grains.Accounts;

/// <summary>A new account is told what its address was invited to before it was there.</summary>
internal sealed partial class AccountGrain
{
    /// <summary>The newest ones; the list of invitations has all.</summary>
    private const int InvitationsTold = 50;

    private NoticeRounds? _greeting;

    private NoticeRounds Greeting => _greeting ??= new NoticeRounds(this, () => Committed is { Greeted: false } && Committed.Exists(), GreetAsync);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        Greeting.Start();
    }

    private async Task<bool> GreetAsync()
    {
        try
        {
            foreach (var offer in (await invitations.OpenAsync(Committed.Email)).Take(InvitationsTold))
            {
                var notice = InvitationNotices.Of(offer.ProjectId, offer.ProjectName, offer.Id, offer.InvitedBy, offer.InvitedByName ?? "Somebody");
                if (!(await notifier.NotifyAsync([Committed.Id], notice)).IsEmpty)
                    return false;
            }
        }
        catch (StorageUnavailableException)
        {
            return false;
        }

        return await ExecuteAsync(new AccountCommand.NoteGreeting(Now)) is not AccountOutcome.Refused;
    }
}
