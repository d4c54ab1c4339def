using Actors.Domain;
using Actors.Frontend.Accounts;
using Actors.Frontend.Audit;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Actors.Frontend.Pages;

/// <summary>Where somebody sets a new password by the link that an administrator gave them: <c>/reset-password/{token}</c>.</summary>
internal static class ResetPasswordPage
{
    private const string Title = "Set a new password";

    private static readonly Refusal Broken = new(ErrorCodes.ResetTokenInvalid, "this link is not whole: copy it again, or ask for another one");

    public static void MapResetPasswordPage(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PageLinks.ResetPassword + "/{token}", Get).WithName("ShowResetPassword");
        pages.MapPost(PageLinks.ResetPassword + "/{token}", PostAsync).WithName("ResetPasswordByPage");
    }

    private static IResult Get(string token) => ResetToken.Parse(token) is null
        ? Page.Show(Title, Page.Alert(Broken), RefusalStatus.Of(ErrorCodes.NotFound))
        : Page.Show(Title, Form(null));

    private static async Task<IResult> PostAsync(string token, HttpContext context, IGrainFactory grains)
    {
        if (ResetToken.Parse(token) is not { } reset)
            return Page.Show(Title, Page.Alert(Broken), RefusalStatus.Of(ErrorCodes.NotFound));

        var (form, unread) = await Page.ReadFormAsync(context.Request);
        if (unread is not null)
            return Page.Show(Title, Form(unread), RefusalStatus.Of(unread.Code));

        context.SetAuditAccount(reset.AccountId);
        var reply = await grains.GetGrain<IAccountGrain>(reset.AccountId).ResetPassword(new PasswordResetting(reset.SecretHash, form!["new"]));
        return reply is AccountReply.Refused refused
            ? Page.Show(Title, Form(refused.Error), RefusalStatus.Of(refused.Error.Code))
            : Page.Show("Your password is set", Page.Paragraph("Every session of yours has ended. Sign in with the new password."));
    }

    private static string Form(Refusal? refusal) => $"""
        {Page.Alert(refusal)}
        <form method="post">
        {Page.Field("new", "new", "New password", "password", "new-password", hint: PasswordHint)}
        <button type="submit">Set password</button>
        </form>
        """;

    /// <summary>What the rules for passwords come to.</summary>
    public const string PasswordHint = "Ten characters or more of three kinds, or sixteen of any; nothing that many others use.";
}
