using Microsoft.Extensions.Logging;

namespace Actors.Components.Tests.Host;

/// <summary>One firing, and what it said.</summary>
internal sealed class TestFiring(FiringTrigger trigger, long number, Token[] tokens, DateTimeOffset now, IProcessState state) : ISyncFiring
{
    public List<Output> Outputs { get; } = [];

    public List<(LogLevel Level, string Message)> Lines { get; } = [];

    public List<(string Name, Token Token)> Published { get; } = [];

    public bool AsksAgain { get; private set; }

    public bool Ended { get; private set; }

    public TimeSpan? Wakes { get; private set; }

    public FiringTrigger Trigger => trigger;

    public long Number => number;

    public int Input => tokens.Length == 0 ? -1 : 0;

    public DateTimeOffset Now => now;

    public IProcessState State => state;

    public Token? this[int input] => input == 0 && tokens.Length > 0 ? tokens[0] : null;

    public ReadOnlySpan<Token> All(int input) => input == 0 ? tokens : [];

    public double NextRandom() => 0.5;

    public void Again() => AsksAgain = true;

    public void End() => Ended = true;

    public void Poison() => Ended = true;

    public void WakeAfter(TimeSpan delay) => Wakes = delay;

    public void Accept(ulong inputs)
    {
    }

    public void Publish(string name, Token token) => Published.Add((name, token));

    public void Log(LogLevel level, string message) => Lines.Add((level, message));

    public void Emit(int output, Token token) => Outputs.Add(new Output(output, token));

    public void Emit(Token token) => Emit(0, token);
}
