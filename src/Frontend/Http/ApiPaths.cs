using Actors.Frontend.Pages;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http;

/// <summary>Which addresses are programs' and which are pages and probes.</summary>
internal static class ApiPaths
{
    public const string Api = "/api";
    public const string Root = "/api/v1";
    public const string Hubs = "/hubs";

    public static bool IsApi(PathString path) => path.StartsWithSegments(Api) || IsHub(path);

    /// <summary>Pages where people answer links that were sent to them; they take passwords.</summary>
    public static bool IsLinkPage(PathString path) => path.StartsWithSegments(PageLinks.Invitations) || path.StartsWithSegments(PageLinks.ResetPassword);

    public static bool IsHub(PathString path) => path.StartsWithSegments(Hubs);

    /// <summary>Probes must see an overloaded server, not a limit.</summary>
    public static bool IsHealth(PathString path) => path.StartsWithSegments("/api/v1/health") || path.StartsWithSegments("/health");
}
