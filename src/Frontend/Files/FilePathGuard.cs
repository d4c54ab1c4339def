using Actors.Domain.Files;
using Actors.Frontend.Http;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Files;

/// <summary>
/// Refuses hostile paths of files before routing, which would take them to another address: <c>files/../../x</c> never
/// reaches the endpoints of files.
/// </summary>
internal sealed class FilePathGuard(RequestDelegate next, FileLimits limits)
{
    public Task InvokeAsync(HttpContext context) =>
        FileTarget.Raw(context) is { Length: > 0 } raw && !FilePath.TryParseTarget(raw, limits, out _, out var refusal)
            ? Problem.WriteAsync(context, refusal)
            : next(context);
}
