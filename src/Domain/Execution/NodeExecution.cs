using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Components;
using static Actors.Domain.Components.BuiltIn.Rules;

namespace Actors.Domain.Execution;

/// <summary>What becomes of a firing whose attempts are used up.</summary>
public enum OnError
{
    /// <summary>The run fails.</summary>
    Fail,

    /// <summary>The tokens are consumed and nothing comes of them.</summary>
    Skip,

    /// <summary>An error token leaves by the port <c>error</c>.</summary>
    Port,
}

/// <summary>What becomes of an effect of the class <c>unsafe</c> of which nobody knows whether it happened.</summary>
public enum InDoubt
{
    /// <summary>The component finds out by itself; where it cannot, as <see cref="Ask"/>.</summary>
    Verify,

    /// <summary>It is done again.</summary>
    Retry,

    /// <summary>A person says whether it happened.</summary>
    Ask,

    /// <summary>The firing fails.</summary>
    Fail,
}

/// <summary>How a node's firings are executed: its <c>execution</c>, beside <c>props</c>.</summary>
/// <param name="Attempts">Of one firing, the first included.</param>
/// <param name="Backoff">Before the second attempt; it doubles with each further one, with jitter, up to a minute.</param>
/// <param name="Timeout">Of one attempt, without declared waits; null for the run's own limit alone.</param>
/// <param name="IdleTimeout">Without output or sign of life; null for none.</param>
/// <param name="Parallelism">Firings at once; null for the component's default.</param>
public sealed record NodeExecution(
    int Attempts = 1,
    TimeSpan Backoff = default,
    TimeSpan? Timeout = null,
    TimeSpan? IdleTimeout = null,
    int? Parallelism = null,
    OnError OnError = OnError.Fail,
    InDoubt InDoubt = InDoubt.Verify)
{
    public const int MaximumAttempts = 100;
    public const int MaximumParallelism = 256;

    private const double Day = 86_400_000;

    public static NodeExecution Default { get; } = new();

    /// <summary>Who gets the tokens of an output, by its name; the component decides where it is not named.</summary>
    public ImmutableDictionary<string, FanOut> FanOut { get; init; } = ImmutableDictionary<string, FanOut>.Empty;

    /// <summary>The rules for a node's <c>execution</c>.</summary>
    public static PropertySchema Schema { get; } = new(Of(
        ("retry", Object(
            "What happens when a firing fails.",
            ("attempts", Whole("Attempts in all.", 1, MaximumAttempts, byDefault: 1)),
            ("backoffMilliseconds", Number("Before the second attempt; doubles with each further one.", 0, Day, byDefault: 1_000)))),
        ("timeoutMilliseconds", Number("Of one attempt; declared waits do not count.", 1, Day)),
        ("idleTimeoutMilliseconds", Number("Without output or sign of life.", 1, Day)),
        ("parallelism", Whole("Firings at once; outputs keep the order of the inputs.", 1, MaximumParallelism)),
        ("onError", OneOf("What follows when the attempts are used up.", "fail", "skip", "port")),
        ("inDoubt", OneOf("What follows when nobody knows whether an unsafe effect happened.", "verify", "retry", "ask", "fail")),
        ("fanOut", Named("For an output with several connections who gets a token: each of them, or one.", OneOf("", "copy", "compete")))));

    /// <summary>Reads settings that fit <see cref="Schema"/>.</summary>
    public static NodeExecution Read(JsonElement? settings)
    {
        if (settings is not { ValueKind: JsonValueKind.Object } execution)
        {
            return Default;
        }

        var retry = execution.TryGetProperty("retry", out var value) ? value : default;
        return new NodeExecution(
            (int)(NumberOf(retry, "attempts") ?? 1),
            TimeSpan.FromMilliseconds(NumberOf(retry, "backoffMilliseconds") ?? 1_000),
            DurationOf(execution, "timeoutMilliseconds"),
            DurationOf(execution, "idleTimeoutMilliseconds"),
            (int?)NumberOf(execution, "parallelism"),
            TextOf(execution, "onError") switch
            {
                "skip" => OnError.Skip,
                "port" => OnError.Port,
                _ => OnError.Fail,
            },
            TextOf(execution, "inDoubt") switch
            {
                "retry" => InDoubt.Retry,
                "ask" => InDoubt.Ask,
                "fail" => InDoubt.Fail,
                _ => InDoubt.Verify,
            })
        {
            FanOut = Default.FanOut.AddRange(FanOutsOf(execution).Select(output => KeyValuePair.Create(
                output.Name, output.Value.ValueEquals("compete") ? Components.FanOut.Compete : Components.FanOut.Copy))),
        };
    }

    /// <summary>Who gets the tokens of that output.</summary>
    public FanOut FanOutOf(PortDescriptor output) => FanOut.TryGetValue(output.Name, out var chosen) ? chosen : output.FanOut;

    /// <summary>Of settings that fit <see cref="Schema"/>: whether the outputs that they name are the component's.</summary>
    public static Refusal? CheckPorts(JsonElement? settings, ComponentDescriptor component)
    {
        foreach (var named in settings is { ValueKind: JsonValueKind.Object } execution ? FanOutsOf(execution) : default)
        {
            if (!component.Outputs.Any(output => output.Name == named.Name))
            {
                return Refusal.Field($"execution.fanOut.{named.Name}", $"'{component.Id}' has no such output", ErrorCodes.PortUnknown);
            }
        }

        return null;
    }

    private static JsonElement.ObjectEnumerator FanOutsOf(JsonElement execution) =>
        execution.TryGetProperty("fanOut", out var outputs) && outputs.ValueKind == JsonValueKind.Object ? outputs.EnumerateObject() : default;

    private static TimeSpan? DurationOf(JsonElement value, string name) =>
        NumberOf(value, name) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    internal static double? NumberOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Number
            ? member.GetDouble()
            : null;

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}

/// <summary>What a connection's <c>props</c> say of its channel.</summary>
/// <param name="Capacity">Tokens that wait in it; 0 is a rendezvous.</param>
public sealed record ChannelSettings(int Capacity = ChannelSettings.DefaultCapacity)
{
    public const int DefaultCapacity = 64;
    public const int MaximumCapacity = 100_000;

    /// <summary>The rules for what concerns the channel; other properties are kept as they are.</summary>
    public static PropertySchema Schema { get; } = new(
        Of(("capacity", Whole("Tokens that wait in the connection; 0 is a rendezvous.", 0, MaximumCapacity, byDefault: DefaultCapacity))), Open: true);

    /// <summary>Reads settings that fit <see cref="Schema"/>.</summary>
    public static ChannelSettings Read(JsonElement props) => new((int)(NodeExecution.NumberOf(props, "capacity") ?? DefaultCapacity));
}
