using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;
using Microsoft.Extensions.Logging;

namespace Actors.Components.BuiltIn;

/// <summary>A line in the run's log. The token passes on.</summary>
internal sealed class LogComponent : IComponent
{
    private const int MaximumLength = 4_000;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("log");

    public IProcess Create(ProcessSettings settings) => new Process(settings.Template("message"), settings.Text("level") switch
    {
        "debug" => LogLevel.Debug,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => LogLevel.Information,
    });

    private sealed class Process(Template? message, LogLevel level) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var token = firing[0]!;
            var text = message?.Of(token) ?? token.ToText();
            firing.Log(level, text.Length <= MaximumLength ? text : string.Concat(text.AsSpan(0, MaximumLength), "…"));
            firing.Emit(token);
        }
    }
}
