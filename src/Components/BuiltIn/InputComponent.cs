using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>Emits the tokens that the run was started with under its name; its default when the run brings none.</summary>
internal sealed class InputComponent : IComponent
{
    /// <summary>Tokens that one firing emits at most, so that a long input does not stand in memory twice.</summary>
    private const int Piece = 256;

    private const string Position = "position";

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("input");

    public IProcess Create(ProcessSettings settings)
    {
        var name = settings.RequiredText("name");
        if (settings.RunInputs.TryGetValue(name, out var tokens))
        {
            return new Process(tokens);
        }

        if (settings.Find("default") is { } token)
        {
            return new Process([Token.Of(token)]);
        }

        return settings.Flag("required")
            ? throw new ComponentException(ErrorCodes.RunInputMissing, $"The run needs the input '{name}'.", retryable: false)
            : new Process([]);
    }

    private sealed class Process(IReadOnlyList<Token> tokens) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var from = firing.State[Position] is { } position ? position.Json.GetInt32() : 0;
            var to = Math.Min(tokens.Count, from + Piece);
            for (var i = from; i < to; i++)
            {
                firing.Emit(tokens[i]);
            }

            if (to < tokens.Count)
            {
                firing.State[Position] = Token.Of(to);
                firing.Again();
            }
        }
    }
}
