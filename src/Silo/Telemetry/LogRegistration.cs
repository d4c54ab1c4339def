using Actors.Frontend.Http;
using Microsoft.Extensions.Logging.Console;

namespace Actors.Silo.Telemetry;

/// <summary>Where log lines go and how they look.</summary>
internal static class LogRegistration
{
    public static void UseLogs(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(LogOptions.Section);
        builder.Services.AddOptions<LogOptions>().Bind(section)
            .Validate(options => LogOptions.TryRead(options.Format, out _), $"{LogOptions.Section}:{nameof(LogOptions.Format)} is {section[nameof(LogOptions.Format)]}; it must be text or json.")
            .ValidateOnStart();
        builder.Services.AddSingleton<IExternalScopeProvider, RequestScopes>();

        // The framework's own scope of a request names its whole address, and some addresses hold secrets. Ours is in RequestScopes.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        if (LogOptions.TryRead(section[nameof(LogOptions.Format)], out var format) && format == LogFormat.Json)
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = JsonLineFormatter.FormatterName);
    }
}
