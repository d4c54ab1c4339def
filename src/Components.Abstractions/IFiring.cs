using Microsoft.Extensions.Logging;

namespace Actors.Components;

/// <summary>Why a process fires.</summary>
public enum FiringTrigger
{
    /// <summary>Its firing rule is met.</summary>
    Tokens,

    /// <summary>The time that it asked for with <see cref="IFiring.WakeAfter"/> has come.</summary>
    Timer,

    /// <summary>All inputs are closed and drained: the last firing of a component that <c>FiresAtEnd</c>.</summary>
    End,

    /// <summary>The first firing of a component that <c>FiresAtStart</c>, before it takes anything.</summary>
    Start,
}

/// <summary>What a firing was given, and what it says about the next one. Ports are numbered as in the descriptor.</summary>
public interface IFiring
{
    FiringTrigger Trigger { get; }

    /// <summary>The number of this firing of its node, from 1.</summary>
    long Number { get; }

    /// <summary>Under the rule <c>any</c> the input that was chosen, else the first with a token; -1 when there is none.</summary>
    int Input { get; }

    /// <summary>The token of an input, the first when there are several; null when this firing took none from it.</summary>
    Token? this[int input] { get; }

    /// <summary>All tokens of an input: one of each connection where it joins, every one under the rule <c>collect</c>. Valid during the firing.</summary>
    ReadOnlySpan<Token> All(int input);

    /// <summary>The time of the run's clock, UTC. It is recorded with the firing, never asked again.</summary>
    DateTimeOffset Now { get; }

    /// <summary>A random number from 0 up to, not including, 1: a function of run, node, firing and the count of calls, so a repeated firing draws the same.</summary>
    double NextRandom();

    /// <summary>What the process keeps. Changes take effect with the firing's end.</summary>
    IProcessState State { get; }

    /// <summary>
    /// The tokens are not consumed: the process fires again at once with the same ones, when what this firing emitted has
    /// found room. The way to emit much in pieces, with the position kept in <see cref="State"/>. A source that does not
    /// ask for it has ended.
    /// </summary>
    void Again();

    /// <summary>The process ends with this firing: its outputs close after what it emitted, and its inputs take nothing more.</summary>
    void End();

    /// <summary>
    /// Aborts both ways: with this firing everything ends that is connected with the process, upstream and downstream, at
    /// once. What waits in those connections, and what this firing emitted, is dropped; firings in flight there are cancelled.
    /// The run goes on with what is not connected, and is complete when that has ended. To end in good order use
    /// <see cref="End"/>; to fail the run throw.
    /// </summary>
    void Poison();

    /// <summary>
    /// Fires the process with <see cref="FiringTrigger.Timer"/> after this time unless another firing comes first; zero
    /// fires it as soon as no input is ready (the default branch of an alternation). A firing that does not call it leaves no timer.
    /// </summary>
    void WakeAfter(TimeSpan delay);

    /// <summary>
    /// The inputs that the next firing may take from (the guards of an alternation), bit n for input n. Without a call the
    /// guards stay as they are; at first every input is open. A component that <c>FiresAtStart</c> can set guards and a timer
    /// before its first token.
    /// </summary>
    void Accept(ulong inputs);

    /// <summary>An output of the run, by name: what the component <c>output</c> is for.</summary>
    void Publish(string name, Token token);

    /// <summary>A line in the run's log.</summary>
    void Log(LogLevel level, string message);
}

/// <summary>A firing of an <see cref="ISyncProcess"/>.</summary>
public interface ISyncFiring : IFiring
{
    /// <summary>Emits a token by an output port.</summary>
    void Emit(int output, Token token);

    /// <summary>Emits a token by the first output port.</summary>
    void Emit(Token token);
}

/// <summary>
/// What a process keeps from firing to firing: tokens by key, kept in the order of their first insertion. Only changes
/// are journalled, so a large state is cheap when a firing changes little of it.
/// </summary>
public interface IProcessState
{
    int Count { get; }

    Token? this[string key] { get; set; }

    /// <summary>Removes a key; nothing when there is none.</summary>
    void Remove(string key);

    void Clear();

    IEnumerable<KeyValuePair<string, Token>> Entries { get; }
}
