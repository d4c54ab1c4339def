using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Actors.Frontend.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Actors.Silo.Telemetry;

/// <summary>
/// One JSON object a line: <c>timestamp</c>, <c>level</c>, <c>category</c>, <c>eventId</c>, <c>message</c>, and where there
/// are such <c>requestId</c>, <c>traceId</c>, <c>accountId</c>, <c>exception</c>, the <c>fields</c> of the message, and <c>scopes</c>.
/// </summary>
internal sealed class JsonLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "actors-json";

    private const string Template = "{OriginalFormat}";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        json.WriteString("timestamp"u8, time.GetUtcNow().UtcDateTime);
        json.WriteString("level"u8, LevelName(logEntry.LogLevel));
        json.WriteString("category"u8, logEntry.Category);
        json.WriteNumber("eventId"u8, logEntry.EventId.Id);
        json.WriteString("message"u8, logEntry.Formatter(logEntry.State, logEntry.Exception));
        var scopes = new List<object>();
        scopeProvider?.ForEachScope(static (scope, list) => list.Add(scope ?? ""), scopes);
        foreach (var request in scopes.OfType<RequestScope>())
            WriteRequest(json, request);

        if (logEntry.Exception is { } exception)
            json.WriteString("exception"u8, exception.ToString());

        if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } fields)
        {
            json.WritePropertyName("fields"u8);
            WriteFields(json, fields);
        }

        WriteScopes(json, scopes);
        json.WriteEndObject();
        json.Flush();
        textWriter.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        textWriter.Write('\n');
    }

    private static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static void WriteRequest(Utf8JsonWriter json, RequestScope request)
    {
        foreach (var (name, value) in request)
        {
            var member = name switch { RequestScope.RequestId => "requestId", RequestScope.TraceId => "traceId", _ => "accountId" };
            json.WriteString(member, (string)value!);
        }
    }

    private static void WriteScopes(Utf8JsonWriter json, List<object> scopes)
    {
        if (scopes.All(scope => scope is RequestScope))
            return;

        json.WriteStartArray("scopes"u8);
        foreach (var scope in scopes.Where(scope => scope is not RequestScope))
        {
            if (scope is IEnumerable<KeyValuePair<string, object?>> fields)
                WriteFields(json, fields);
            else
                json.WriteStringValue(scope.ToString());
        }

        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> fields)
    {
        json.WriteStartObject();
        foreach (var (name, value) in fields.Where(field => field.Key != Template))
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long or short or byte or uint or ushort:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
