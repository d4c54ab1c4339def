using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Actors.Frontend.Http;

/// <summary>
/// Puts request, trace and account on every log line, wherever it is written: what travels with a grain call is read
/// when a line is written, so that calls are not wrapped and nothing is paid for lines that nobody wants.
/// </summary>
public sealed class RequestScopes : IExternalScopeProvider
{
    private readonly LoggerExternalScopeProvider _scopes = new();

    public IDisposable Push(object? state) => _scopes.Push(state);

    public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
    {
        if (RequestScope.Current() is { } scope)
            callback(scope, state);

        _scopes.ForEachScope(callback, state);
    }
}

/// <summary>Whose work a log line belongs to; what is not known is absent.</summary>
public sealed class RequestScope : IReadOnlyList<KeyValuePair<string, object?>>
{
    public const string RequestId = "X-Request-Id";
    public const string TraceId = "TraceId";
    public const string AccountId = "AccountId";

    private readonly List<KeyValuePair<string, object?>> _values = new(3);

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <summary>That of the running request or grain call, or null outside any.</summary>
    public static RequestScope? Current()
    {
        var scope = new RequestScope();
        scope.Add(RequestId, RequestContext.Get(RequestIdMiddleware.ContextKey));
        scope.Add(TraceId, Activity.Current?.TraceId.ToHexString());
        scope.Add(AccountId, RequestContext.Get(AccountId));
        return scope.Count > 0 ? scope : null;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(' ', _values.Select(value => $"{value.Key}:{value.Value}"));

    private void Add(string name, object? value)
    {
        if (value is not null)
            _values.Add(new KeyValuePair<string, object?>(name, value));
    }
}
