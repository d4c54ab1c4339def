using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>Sends a token to the port of the first case that it meets, else to <c>default</c>.</summary>
internal sealed class SwitchComponent : IComponent
{
    private const string ErrorPort = "error";

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("switch");

    public IProcess Create(ProcessSettings settings)
    {
        if (settings.Find("cases") is not { ValueKind: JsonValueKind.Array } cases || cases.GetArrayLength() == 0)
        {
            throw PropertyReading.Invalid("cases", "needs at least one case");
        }

        return new Process([.. cases.EnumerateArray().Select((item, index) => ReadCase(settings, item, index))], settings.FindOutput("default"));
    }

    private static Case ReadCase(ProcessSettings settings, JsonElement item, int index)
    {
        var path = $"cases[{index}]";
        var condition = item.ValueKind == JsonValueKind.String ? item.GetString()
            : item.TextMember("condition") ?? throw PropertyReading.Invalid(path, "must be a condition, or an object with a condition and a port");
        var port = item.TextMember("port") ?? $"case{index + 1}";
        var output = port == ErrorPort ? -1 : settings.FindOutput(port);
        return output < 0
            ? throw PropertyReading.Invalid($"{path}.port", $"there is no output '{port}'")
            : new Case(PropertyReading.ParseExpression(condition!, item.ValueKind == JsonValueKind.String ? path : $"{path}.condition"), output);
    }

    private sealed record Case(Expression Condition, int Output);

    private sealed class Process(Case[] cases, int otherwise) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var token = firing[0]!;
            foreach (var item in cases)
            {
                if (item.Condition.Of(token).IsTruthy)
                {
                    firing.Emit(item.Output, token);
                    return;
                }
            }

            firing.Emit(otherwise, token);
        }
    }
}
