using System.Text.Json;

namespace Actors.Components.Reading;

/// <summary>Reads how a run ended that a firing waited for: <c>{status, …, error?}</c>.</summary>
internal static class OutsideAnswers
{
    /// <summary>What it gave; undefined when it gave nothing.</summary>
    /// <exception cref="ComponentException">
    /// It did not complete, or the wait timed out. Not retryable: the answer is recorded, so another attempt would only read it again.
    /// </exception>
    public static JsonElement Result(Token? answer, string member, string code, string what)
    {
        if (answer is null)
        {
            throw new ComponentException(ErrorCodes.WaitTimedOut, $"{what} did not end in time.", retryable: false);
        }

        var json = answer.Json;
        if (json.TextMember("status") is not "completed")
        {
            var error = json.ValueKind == JsonValueKind.Object && json.TryGetProperty("error", out var found) ? found : default;
            var reason = error.ValueKind == JsonValueKind.String ? error.GetString()
                : error.TextMember("detail") ?? error.TextMember("message") ?? error.TextMember("code");
            throw new ComponentException(code, $"{what} ended as {json.TextMember("status") ?? "unknown"}{(reason is null ? "" : $": {reason}")}.", retryable: false);
        }

        return json.TryGetProperty(member, out var result) ? result : default;
    }
}
