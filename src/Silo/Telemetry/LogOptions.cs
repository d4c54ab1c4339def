namespace Actors.Silo.Telemetry;

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One object a line, for programs.</summary>
    Json,
}

/// <summary>What section <c>Logging</c> holds beside the framework's own settings.</summary>
internal sealed class LogOptions
{
    public const string Section = "Logging";

    /// <summary><c>text</c> (the default) or <c>json</c>.</summary>
    public string Format { get; set; } = "text";

    public static bool TryRead(string? text, out LogFormat format) => Enum.TryParse(text, ignoreCase: true, out format) && Enum.IsDefined(format);
}
