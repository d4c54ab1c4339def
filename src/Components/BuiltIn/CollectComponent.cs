using Actors.Domain.Components;
using Microsoft.Extensions.Logging;

namespace Actors.Components.BuiltIn;

/// <summary>All tokens as one list, once the input has closed.</summary>
internal sealed class CollectComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("collect");

    public IProcess Create(ProcessSettings settings) => new Process((int)(settings.Number("limit") ?? int.MaxValue));

    private sealed class Process(int limit) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var tokens = firing.All(0);
            if (tokens.Length > limit)
            {
                firing.Log(LogLevel.Warning, $"{tokens.Length - limit} tokens beyond the limit of {limit} are left out.");
            }

            firing.Emit(Token.List(tokens[..Math.Min(tokens.Length, limit)].ToArray()));
        }
    }
}
