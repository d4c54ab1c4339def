using System.Text.Json.Serialization;

namespace Actors.Domain.Components;

/// <summary>When a process fires.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FiringRule>))]
public enum FiringRule
{
    /// <summary>One token from every connected input; from each of its connections where the input joins.</summary>
    [JsonStringEnumMemberName("all")]
    All,

    /// <summary>One token from whichever input is ready, chosen in turn, so that none waits for ever while others are served.</summary>
    [JsonStringEnumMemberName("any")]
    Any,

    /// <summary>Once, with all tokens of its inputs, when they have closed.</summary>
    [JsonStringEnumMemberName("collect")]
    Collect,

    /// <summary>No inputs: once, and again as long as a firing asks for it.</summary>
    [JsonStringEnumMemberName("source")]
    Source,
}

/// <summary>What a firing does to the world outside of the run, and so what a crash between intent and outcome means.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EffectClass>))]
public enum EffectClass
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("pure")]
    Pure,

    /// <summary>Doing it twice is as doing it once: it is simply repeated.</summary>
    [JsonStringEnumMemberName("idempotent")]
    Idempotent,

    /// <summary>The target honours a key: it is repeated with the same one.</summary>
    [JsonStringEnumMemberName("keyed")]
    Keyed,

    /// <summary>Doing it twice is harm: after a crash it is in doubt, and the node's policy decides.</summary>
    [JsonStringEnumMemberName("unsafe")]
    Unsafe,
}

/// <summary>How the tokens of several connections enter one input.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FanIn>))]
public enum FanIn
{
    /// <summary>Each as it comes, the connections in turn.</summary>
    [JsonStringEnumMemberName("merge")]
    Merge,

    /// <summary>One from each, together.</summary>
    [JsonStringEnumMemberName("join")]
    Join,
}

/// <summary>Which of an output's connections get a token.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FanOut>))]
public enum FanOut
{
    /// <summary>Every one.</summary>
    [JsonStringEnumMemberName("copy")]
    Copy,

    /// <summary>One that has room, in turn.</summary>
    [JsonStringEnumMemberName("compete")]
    Compete,
}
