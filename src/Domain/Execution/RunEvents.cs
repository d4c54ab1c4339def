using System.Text.Json;

namespace Actors.Domain.Execution;

/// <summary>Events of a run's log, as <c>/runs/{runId}/events</c> and watchers see them. An event is a publication without a name.</summary>
public static class RunEvents
{
    /// <summary>Characters of a logged line; more is cut.</summary>
    public const int MaximumLine = 4_096;

    public static Publication Dropped(string node, string connection, int tokens) => Of("dropped", writer =>
    {
        writer.WriteString("node", node);
        writer.WriteString("connection", connection);
        writer.WriteNumber("tokens", tokens);
    });

    public static Publication Line(string node, string level, string message) => Of("log", writer =>
    {
        writer.WriteString("node", node);
        writer.WriteString("level", level);
        writer.WriteString("message", message.Length > MaximumLine ? message.AsSpan(0, MaximumLine) : message);
    });

    public static Publication Error(string node, long firing, int attempt, string code, string message, FailureVerdict verdict) => Of("error", writer =>
    {
        writer.WriteString("node", node);
        writer.WriteNumber("firing", firing);
        writer.WriteNumber("attempt", attempt);
        writer.WriteString("code", code);
        writer.WriteString("message", message.Length > MaximumLine ? message.AsSpan(0, MaximumLine) : message);
        writer.WriteString("then", verdict switch
        {
            FailureVerdict.Retried => "retry",
            FailureVerdict.Skipped => "skip",
            FailureVerdict.SentOut => "port",
            _ => "fail",
        });
    });

    /// <summary>A person answered what the run asked.</summary>
    public static Publication Answer(string node, string wait, Token answer) => Of("answer", writer =>
    {
        writer.WriteString("node", node);
        writer.WriteString("wait", wait);
        writer.WritePropertyName("answer");
        writer.WriteRawValue(answer.Utf8.Span, skipInputValidation: true);
    });

    public static Publication Status(string status, RunFailure? failure = null) => Of("status", writer =>
    {
        writer.WriteString("status", status);
        if (failure is not null)
        {
            writer.WritePropertyName("error");
            Write(writer, failure);
        }
    });

    public static Publication Of(string kind, Action<Utf8JsonWriter> write) => new("", Token.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("kind", kind);
        write(writer);
        writer.WriteEndObject();
    }));

    private static void Write(Utf8JsonWriter writer, RunFailure failure)
    {
        writer.WriteStartObject();
        writer.WriteString("code", failure.Code);
        writer.WriteString("detail", failure.Detail);
        if (failure.NodeId is { } node)
        {
            writer.WriteString("node", node);
        }

        writer.WriteEndObject();
    }
}
