using Actors.Domain;
using Actors.Domain.Identity;
using Actors.Domain.Projects;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
using Actors.Frontend.Http;
using Actors.Frontend.Projects;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Pages;

/// <summary>
/// Where an invitation's link leads: <c>/invitations/{token}</c>. Who opens it logs in or registers there and accepts in one
/// step, or says no. The session that this takes ends with it: the page keeps nobody signed in, so no other page can make a
/// browser act for somebody.
/// </summary>
internal static class InvitationPage
{
    private const string Title = "Invitation";

    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such invitation");

    public static void MapInvitationPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PageLinks.Invitations + "/{token}", GetAsync).WithName("ShowInvitation");
        pages.MapPost(PageLinks.Invitations + "/{token}", PostAsync).WithName("AnswerInvitationByPage");
    }

    private static async Task<IResult> GetAsync(string token, IGrainFactory grains)
    {
        var (_, offer, refusal) = await FindAsync(token, grains);
        return offer is null ? Over(refusal!) : Page.Show(Title, Forms(offer, null, null));
    }

    private static async Task<IResult> PostAsync(string token, HttpContext context, IGrainFactory grains, Identifiers identifiers, IProjectAccess access)
    {
        var (project, offer, refusal) = await FindAsync(token, grains);
        if (offer is null)
            return Over(refusal!);

        var (form, unread) = await Page.ReadFormAsync(context.Request);
        if (unread is not null)
            return Again(offer, unread, null);

        context.SetAuditProject(offer.ProjectId);
        context.SetAuditSubject("invitation", offer.Id);
        var signedIn = await SignInAsync(form!, token, context, grains, identifiers);
        if (signedIn is SignInReply.Refused notSignedIn)
            return Again(offer, notSignedIn.Error, form);

        var (account, session) = signedIn is SignInReply.SignedIn done ? (done.Account, done.SessionId) : throw new InvalidOperationException($"Unknown reply {signedIn.GetType().Name}.");
        context.SetAuditAccount(account.Id);
        try
        {
            var key = new InvitationKey(account.Id, account.Email, null, Secret.Hash(token));
            var declines = form!["answer"] == "decline";
            if (await (declines ? project!.DeclineInvitation(key) : project!.AcceptInvitation(key)) is ProjectReply.Refused refused)
                return Again(offer, refused.Error, form);

            access.Invalidate(offer.ProjectId);
            return declines
                ? Page.Show("You said no", Page.Paragraph($"You are no member of {offer.ProjectName}."))
                : Page.Show("Welcome", Page.Paragraph($"You have joined {offer.ProjectName} as {RoleName(offer.Role)}. Sign in to go there."));
        }
        finally
        {
            await grains.GetGrain<IAccountGrain>(account.Id).LogOut(session);
        }
    }

    private static async Task<(IProjectGrain? Project, InvitationOffer? Offer, Refusal? Refusal)> FindAsync(string token, IGrainFactory grains)
    {
        if (token.Length > Secret.MaximumLength)
            return (null, null, Missing);

        var hash = Secret.Hash(token);
        if (await grains.GetGrain<IProjectDirectoryGrain>(0).FindInvited(null, hash) is not { } projectId)
            return (null, null, Missing);

        var project = ProjectEndpoints.Project(grains, projectId);
        switch (await project.ReadInvitation(new InvitationKey("", "", null, hash)))
        {
            case InvitationOfferReply.Open { Offer: var offer }:
                var inviter = await grains.GetGrain<IAccountGrain>(offer.InvitedBy).Get();
                return (project, offer with { InvitedByName = inviter?.Name }, null);
            case InvitationOfferReply.Refused refused:
                return (null, null, refused.Error);
            case var reply:
                throw new InvalidOperationException($"Unknown reply {reply.GetType().Name}.");
        }
    }

    private static async Task<SignInReply> SignInAsync(IFormCollection form, string token, HttpContext context, IGrainFactory grains, Identifiers identifiers)
    {
        var directory = grains.GetGrain<IAccountDirectoryGrain>(0);
        var draft = RefreshToken.Create(identifiers.Create(Identifier.Account), identifiers.Create(Identifier.Session));
        var session = AccountEndpoints.Session(draft, context);
        return form["account"] == "new"
            ? await directory.Register(new Registration(draft.AccountId, form["email"], form["name"], form["password"], session, Secret.Hash(token)))
            : await directory.LogIn(new EmailLogin(form["email"], form["password"], session));
    }

    private static IResult Over(Refusal refusal) => Page.Show(Title, Page.Alert(refusal), RefusalStatus.Of(refusal.Code));

    private static IResult Again(InvitationOffer offer, Refusal refusal, IFormCollection? form) =>
        Page.Show(Title, Forms(offer, refusal, form), RefusalStatus.Of(refusal.Code));

    private static string Forms(InvitationOffer offer, Refusal? refusal, IFormCollection? form)
    {
        var email = form is null ? offer.Email : form["email"].ToString();
        return $"""
            {Page.Alert(refusal)}
            <p>{Page.Encode(offer.InvitedByName ?? "Somebody")} invites you to the project <strong>{Page.Encode(offer.ProjectName)}</strong> as {RoleName(offer.Role)}.
            The invitation ends on {offer.ExpiresAt.UtcDateTime:d MMMM yyyy} (UTC).</p>
            <form method="post" aria-labelledby="known">
            <h2 id="known">I have an account</h2>
            <input type="hidden" name="account" value="known">
            {Page.Field("known-email", "email", "E-mail address", "email", "username", email)}
            {Page.Field("known-password", "password", "Password", "password", "current-password")}
            <button type="submit" name="answer" value="accept">Join the project</button>
            <button type="submit" name="answer" value="decline" class="quiet">Say no</button>
            </form>
            <form method="post" aria-labelledby="fresh">
            <h2 id="fresh">I am new here</h2>
            <input type="hidden" name="account" value="new">
            {Page.Field("fresh-name", "name", "Name", "text", "name", form?["name"])}
            {Page.Field("fresh-email", "email", "E-mail address", "email", "username", email)}
            {Page.Field("fresh-password", "password", "Password", "password", "new-password", hint: ResetPasswordPage.PasswordHint)}
            <button type="submit" name="answer" value="accept">Register and join the project</button>
            </form>
            """;
    }

    private static string RoleName(ProjectRole role) => role.ToString().ToLowerInvariant();
}
