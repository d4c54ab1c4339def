using System.Collections.Frozen;
using Actors.Domain.Identity;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http;

/// <summary>Refuses an identifier in the path that cannot be one of its kind, before anything is asked about it.</summary>
internal sealed class IdentifierFilter : IEndpointFilter
{
    private static readonly FrozenDictionary<string, string> Prefixes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["accountId"] = Identifier.Account,
        ["projectId"] = Identifier.Project,
        ["designId"] = Identifier.Design,
        ["runId"] = Identifier.Run,
        ["workflowId"] = Identifier.Workflow,
        ["taskId"] = Identifier.Task,
        ["jobId"] = Identifier.Job,
        ["conversationId"] = Identifier.Conversation,
        ["suggestionId"] = Identifier.Suggestion,
        ["fileId"] = Identifier.File,
        ["versionId"] = Identifier.Version,
        ["sessionId"] = Identifier.Session,
        ["notificationId"] = Identifier.Notification,
        ["threadId"] = Identifier.Thread,
        ["commentId"] = Identifier.Comment,
        ["templateId"] = Identifier.Template,
        ["invitationId"] = Identifier.Invitation,
        ["tokenId"] = Identifier.PersonalToken,
    }.ToFrozenDictionary();

    /// <summary>The prefix of the identifiers that a path parameter takes; null for one that is no identifier of ours.</summary>
    public static string? PrefixOf(string parameter) => Prefixes.GetValueOrDefault(parameter);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var (name, value) in context.HttpContext.Request.RouteValues)
        {
            if (Prefixes.TryGetValue(name, out var prefix) && Identifier.Check(prefix, value as string, name) is { } refusal)
                return ValueTask.FromResult<object?>(refusal.ToResult());
        }

        return next(context);
    }
}
