using System.Text.Json;

namespace Actors.TestKit.Server;

/// <summary>
/// What becomes of one hub invocation or stream. Values are handed over as a reader that stands on the value's first
/// token; an override must leave it on the value's last token. All members are called from the connection's one
/// receiving loop, in the order of the wire.
/// </summary>
public abstract class HubCall
{
    /// <summary>An item of a stream.</summary>
    public virtual void OnItem(ref Utf8JsonReader value) => value.Skip();

    /// <summary>The result of an invocation.</summary>
    public virtual void OnResult(ref Utf8JsonReader value) => value.Skip();

    /// <summary>The call has ended; <paramref name="error"/> is null when it ended well, else what the server or the broken connection said.</summary>
    public abstract void OnEnded(string? error);
}

/// <summary>The server answered an invocation with an error, or the connection broke before it answered.</summary>
public sealed class HubException(string message) : Exception(message);

/// <summary>An invocation whose result is kept as a document.</summary>
internal sealed class ResultCall : HubCall
{
    private readonly TaskCompletionSource<JsonElement> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonElement _value;

    public Task<JsonElement> Result => _result.Task;

    public override void OnResult(ref Utf8JsonReader value) => _value = JsonElement.ParseValue(ref value);

    public override void OnEnded(string? error)
    {
        if (error is null)
        {
            _result.TrySetResult(_value);
        }
        else
        {
            _result.TrySetException(new HubException(error));
        }
    }
}
