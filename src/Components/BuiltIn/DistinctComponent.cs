using System.Security.Cryptography;
using System.Text;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;
using Actors.Domain.Json;

namespace Actors.Components.BuiltIn;

/// <summary>Each token once, or the first one of each value of a field. It remembers what it has seen, up to a limit.</summary>
internal sealed class DistinctComponent : IComponent
{
    /// <summary>A longer identity is kept as its hash.</summary>
    private const int ShortIdentity = 64;

    private const int DefaultLimit = 100_000;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("distinct");

    public IProcess Create(ProcessSettings settings) => new Process(settings.Expression("field") ?? settings.Expression("by"), settings.Whole("limit") ?? DefaultLimit);

    private sealed class Process(Expression? field, int limit) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var token = firing[0]!;
            var key = Key(field is null ? token : field.Of(token).ToToken());
            if (firing.State[key] is not null)
            {
                return;
            }

            if (firing.State.Count >= limit)
            {
                throw new ComponentException(ErrorCodes.StateLimit, $"More than {limit} different values came (props.limit).", retryable: false);
            }

            firing.State[key] = Token.True;
            firing.Emit(token);
        }

        private static string Key(Token value)
        {
            var identity = JsonIdentity.Of(value.Json);
            return identity.Length <= ShortIdentity ? "=" + identity : "#" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)));
        }
    }
}
