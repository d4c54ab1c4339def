using Actors.Domain.Components;

namespace Actors.Components;

/// <summary>
/// A kind of process: what palettes show of it and how a node of it behaves. A plain class with a public constructor
/// whose parameters come from dependency injection; register it with <see cref="ComponentServices.AddComponent{T}"/>.
/// One instance serves all runs at once, so it keeps no state of theirs.
/// </summary>
public interface IComponent
{
    ComponentDescriptor Descriptor { get; }

    /// <summary>
    /// Makes a node's process for one run: the place to parse templates, expressions and schemas once. Called when a run
    /// starts and again when it comes back after a restart, so it must depend on nothing but <paramref name="settings"/>.
    /// </summary>
    /// <exception cref="ComponentException">The properties cannot work; the run is refused and names the node.</exception>
    IProcess Create(ProcessSettings settings);
}

/// <summary>
/// A node's process in one run: either an <see cref="ISyncProcess"/> or an <see cref="IAsyncProcess"/>. Its fields may
/// cache what can be computed again. What must survive a restart belongs into <see cref="IFiring.State"/>.
/// </summary>
public interface IProcess;

/// <summary>
/// A process that computes. Its firings run inside the run's own turn, thousands in a row, so it never blocks, waits or
/// touches the outside, and takes microseconds; what takes longer is an <see cref="IAsyncProcess"/>.
/// </summary>
public interface ISyncProcess : IProcess
{
    /// <summary>
    /// One firing. The tokens that it emits are put into the connections when it returns; nothing of it happened when it
    /// throws. <paramref name="firing"/> belongs to the caller and is used again: it must not be kept.
    /// </summary>
    void Fire(ISyncFiring firing);
}

/// <summary>A process that waits, computes for long, or touches the outside.</summary>
public interface IAsyncProcess : IProcess
{
    /// <summary>What this node's effects are, where its properties decide that; null for what the descriptor says.</summary>
    EffectClass? Effects => null;

    /// <summary>
    /// One firing. Runs on the run's own scheduler: blocking it blocks the run. Its outputs are put into the connections
    /// together when it has ended; nothing of it happened when it throws. A firing that a crash interrupted is started
    /// again, and its effects, choices and waits then answer what was recorded.
    /// </summary>
    /// <param name="cancellationToken">Cancelled by the run's end, by the node's time limit and by a firing that gave no sign of life.</param>
    IAsyncEnumerable<Output> Execute(IFiring firing, IExecutionContext context, CancellationToken cancellationToken);
}

/// <summary>A token and the number of the output port that it leaves by.</summary>
public readonly record struct Output(int Port, Token Token)
{
    /// <summary>A token that leaves by the first port.</summary>
    public static implicit operator Output(Token token) => new(0, token);

    public static Output FromToken(Token token) => new(0, token);
}
