using Actors.Frontend.Http;
using Orleans.Runtime;

namespace Actors.Frontend.Tests.Operations;

public sealed class RequestScopesTests
{
    [Fact]
    public void A_line_outside_of_requests_belongs_to_nobody()
    {
        RequestContext.Clear();
        Assert.Empty(Scopes(new RequestScopes()));
    }

    [Fact]
    public void A_line_says_what_travels_with_the_call_before_all_other_scopes()
    {
        RequestContext.Set("RequestId", "r-1");
        RequestContext.Set("AccountId", "usr_1");
        var scopes = new RequestScopes();
        using (scopes.Push("inner"))
            Assert.Equal(["X-Request-Id:r-1 AccountId:usr_1", "inner"], Scopes(scopes));

        RequestContext.Clear();
    }

    private static List<string> Scopes(RequestScopes scopes)
    {
        var seen = new List<string>();
        scopes.ForEachScope((scope, list) => list.Add(scope!.ToString()!), seen);
        return seen;
    }
}
