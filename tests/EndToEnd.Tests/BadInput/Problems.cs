using System.Net;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

internal static class Problems
{
    /// <summary>Asserts a complete problem document with this status and code, and no word of how the server is made.</summary>
    public static void Verify(ApiReply reply, int status, string code, bool retryable = false)
    {
        Assert.True(reply.Status == (HttpStatusCode)status, $"Status {(int)reply.Status} instead of {status}: {reply.Text}");
        Assert.Equal("application/problem+json", reply.ContentType);
        var problem = reply.Problem();
        Assert.Equal(code, problem.Code);
        Assert.Equal(status, problem.Status);
        Assert.Equal(retryable, problem.Retryable);
        Assert.False(string.IsNullOrWhiteSpace(problem.Type), reply.Text);
        Assert.False(string.IsNullOrWhiteSpace(problem.Title), reply.Text);
        Assert.False(string.IsNullOrWhiteSpace(problem.Detail), reply.Text);
        Assert.False(string.IsNullOrWhiteSpace(problem.TraceId), reply.Text);
        Assert.DoesNotContain("Exception", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", reply.Text, StringComparison.Ordinal);
    }
}
