using Actors.Components;
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
    private bool _restarts;
    private int _draws;
    private string _node = "";

    public FiringTrigger Trigger => (FiringTrigger)_firing.Cause;

    public long Number => _firing.Number;

    public int Input => _firing.Input;

    public DateTimeOffset Now => new(_restarts ? RecordedNow() : _now, TimeSpan.Zero);

    public IProcessState State => this;

    public int Count => _firing.KeptEntries().Count();

    public IEnumerable<KeyValuePair<string, Token>> Entries => _firing.KeptEntries();

    public Token? this[int input] => _firing[input];

    public Token? this[string key]
    {
        get => _firing.Kept(key);
        set => _firing.State.Set(key, value);
    }

    /// <summary>Shows another firing from now on.</summary>
    /// <param name="restarts">Whether it outlives the run's turn, so that it may be begun again: what it was told is then recorded.</param>
    public FiringView Show(Network network, Firing firing, long now, bool restarts = false)
    {
        (_network, _firing, _now, _draws, _restarts) = (network, firing, now, 0, restarts);
        _node = network.Plan.Processes[firing.Process].NodeId;
        return this;
    }

    public ReadOnlySpan<Token> All(int input) => _firing.All(input);

    public double NextRandom() => _network.Draw(_firing, 1_000 + _draws++);

    public void Again() => _firing.Again = true;

    public void End() => _firing.Ends = true;

    public void WakeAfter(TimeSpan delay) => _firing.WakeAt = _now + Math.Max(0, delay.Ticks);

    public void Accept(ulong inputs) => _firing.Accept = inputs;

    public void Publish(string name, Token token)
    {
        if (name.Length == 0)
        {
            throw new ComponentException("property_invalid", "An output needs a name.", retryable: false);
        }

        _firing.Published.Add(new Publication(name, token));
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
        message));

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
