using Actors.Components;
using Actors.Domain;
using Actors.Domain.Execution;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Runs;

/// <summary>A firing of the network as components see it.</summary>
internal sealed class FiringView : ISyncFiring, IProcessState
{
    /// <summary>Where the time is recorded that an attempt was told: its number is taken from this one, far behind all steps.</summary>
    private const int LastStep = int.MaxValue;

    private Network _network = null!;
    private Firing _firing = null!;
    private long _now;
    private int _draws;
    private string _node = "";

    /// <summary>
    /// Of an asynchronous firing. It can have opened secrets: what it says holds none of them. It can be begun again: the time
    /// that it was told is recorded.
    /// </summary>
    private RunContext? _context;

    public FiringTrigger Trigger => (FiringTrigger)_firing.Cause;

    public long Number => _firing.Number;

    public int Input => _firing.Input;

    public DateTimeOffset Now => new(_context is not null ? RecordedNow() : _now, TimeSpan.Zero);

    public IProcessState State => this;

    public int Count => _firing.KeptEntries().Count();

    public IEnumerable<KeyValuePair<string, Token>> Entries => _firing.KeptEntries();

    public Token? this[int input] => _firing[input];

    public Token? this[string key]
    {
        get => _firing.Kept(key);
        set => _firing.State.Set(key, value is null ? null : Redacted(value));
    }

    /// <summary>Shows another firing from now on.</summary>
    public FiringView Show(Network network, Firing firing, long now, RunContext? context = null)
    {
        (_network, _firing, _now, _draws, _context) = (network, firing, now, 0, context);
        _node = network.Plan.Processes[firing.Process].NodeId;
        return this;
    }

    public ReadOnlySpan<Token> All(int input) => _firing.All(input);

    public double NextRandom() => _network.Draw(_firing, 1_000 + _draws++);

    public void Again() => _firing.Again = true;

    public void End() => _firing.Ends = true;

    public void Poison() => _firing.Poisons = true;

    public void WakeAfter(TimeSpan delay) => _firing.WakeAt = _now + Math.Max(0, delay.Ticks);

    public void Accept(ulong inputs) => _firing.Accept = inputs;

    public void Publish(string name, Token token)
    {
        if (name.Length == 0)
        {
            throw new ComponentException(ErrorCodes.PropertyInvalid, "An output needs a name.", retryable: false);
        }

        _firing.Published.Add(new Publication(name, Redacted(token)));
    }

    public void Log(LogLevel level, string message) => _firing.Published.Add(RunEvents.Line(
        _node,
        level switch
        {
            LogLevel.Trace or LogLevel.Debug => "debug",
            LogLevel.Warning => "warning",
            LogLevel.Error or LogLevel.Critical => "error",
            _ => "info",
        },
        _context?.Redact(message) ?? message));

    private Token Redacted(Token token) => _context?.Redact(token) ?? token;

    public void Emit(int output, Token token) => _firing.Emitted.Add(new Emission(output, token));

    public void Emit(Token token) => _firing.Emitted.Add(new Emission(0, token));

    public void Remove(string key) => _firing.State.Set(key, null);

    public void Clear() => _firing.State.Clear();

    private long RecordedNow()
    {
        var step = LastStep - _firing.Attempt;
        if (_network.FindStep(_firing, step) is { } told)
        {
            return told.Token.Json.GetInt64();
        }

        _network.RecordStep(_firing, step, new FiringStep(StepKind.Done, Token.Of(_now)));
        return _now;
    }
}
