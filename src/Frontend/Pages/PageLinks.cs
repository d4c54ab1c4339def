using Actors.Frontend.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Frontend.Pages;

/// <summary>
/// Addresses of pages for people, to be sent to them: below <see cref="HttpLimits.PublicAddress"/>, or else the address that
/// the one who gets them has called.
/// </summary>
internal sealed class PageLinks(IOptions<HttpLimits> options)
{
    public const string Invitations = "/invitations";
    public const string ResetPassword = "/reset-password";

    public string ToInvitation(HttpRequest request, string token) => $"{Base(request)}{Invitations}/{token}";

    public string ToResetPassword(HttpRequest request, string token) => $"{Base(request)}{ResetPassword}/{token}";

    private string Base(HttpRequest request) =>
        options.Value.PublicAddress?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";
}
