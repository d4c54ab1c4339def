using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>Says what is wrong with an answer, whatever was asked.</summary>
internal sealed class Judge(ApiDocument document)
{
    /// <summary>Codes that answer the form of a request and not what it asks for; any operation may, and none documents them.</summary>
    private static readonly HashSet<string> OfForm = new(StringComparer.Ordinal) { "not_acceptable", "method_not_allowed" };

    /// <summary>Whether statuses and codes are documented whole, which every operation is that says its role.</summary>
    private readonly bool _isWhole = document.Operations.All(operation => operation.Role is not null);

    /// <summary>Null when nothing is.</summary>
    public string? Fault(FuzzRequest request, FuzzReply? reply)
    {
        if (reply is null)
            return request.BreaksProtocol ? null : "the connection was closed without an answer";

        if (reply.Status >= 500)
            return $"{reply.Status} {reply.Text}";

        // Kestrel answers what is no HTTP, or too long for it, before the product sees it.
        if (reply is { Status: >= 400, Body.Length: 0 } && (request.BreaksProtocol || reply.Status is 414 or 431 || request.Target.Contains("%00", StringComparison.Ordinal) || !Ascii.IsValid(request.Target)))
            return null;

        var code = "";
        if (reply.Status >= 400 && !IsHead(request) && !request.Target.StartsWith("/hubs/", StringComparison.OrdinalIgnoreCase))
        {
            if (ProblemFault(reply, out code) is { } fault)
                return fault;
        }

        return _isWhole && request.Operation is { } operation && !OfForm.Contains(code) ? DocumentationFault(operation, request, reply, code) : null;
    }

    private static bool IsHead(FuzzRequest request) => request.Method.Equals("HEAD", StringComparison.OrdinalIgnoreCase);

    private static string? ProblemFault(FuzzReply reply, out string code)
    {
        code = "";
        if (reply.MediaType != "application/problem+json")
            return $"{reply.Status} with {reply.MediaType ?? "nothing"} instead of a problem document: {reply.Text}";

        Problem? problem;
        try
        {
            problem = JsonSerializer.Deserialize<Problem>(reply.Body, JsonSerializerOptions.Web);
        }
        catch (JsonException invalid)
        {
            return $"{reply.Status} with a problem document that is no JSON ({invalid.Message}): {reply.Text}";
        }

        code = problem?.Code ?? "";
        var isComplete = problem is { Status: not null, Retryable: not null }
            && new[] { problem.Code, problem.Type, problem.Title, problem.Detail, problem.TraceId }.All(member => !string.IsNullOrWhiteSpace(member))
            && problem.Status == reply.Status;
        if (!isComplete)
            return $"{reply.Status} with an incomplete problem document: {reply.Text}";

        return reply.Text.Contains("Exception", StringComparison.Ordinal) || reply.Text.Contains("   at ", StringComparison.Ordinal)
            ? $"a problem document that tells how the server is made: {reply.Text}"
            : null;
    }

    private static string? DocumentationFault(ApiOperation operation, FuzzRequest request, FuzzReply reply, string code)
    {
        if (!operation.Documents(reply.Status))
            return $"{reply.Status} {code}, a status that is not documented";

        var hasCode = reply.Status >= 400 && !IsHead(request);
        return hasCode && !operation.CodesOf(reply.Status).Contains(code, StringComparer.Ordinal) ? $"{reply.Status} {code}, a code that is not documented" : null;
    }
}
