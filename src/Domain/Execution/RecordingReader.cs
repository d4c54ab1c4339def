using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Execution;

/// <summary>
/// Makes a <see cref="Recording"/> of a run's journal: it replays the records, as recovery does, and notes every firing
/// when it is applied.
/// </summary>
public sealed class RecordingReader
{
    /// <summary>What a noted firing takes in memory beside its tokens.</summary>
    private const int FiringBytes = 160;

    private readonly NetworkPlan _plan;
    private readonly Network _network;
    private readonly long _maximumBytes;
    private readonly bool _withStepsOnly;
    private readonly RecordedNode[] _nodes;
    private readonly Dictionary<(string Node, long Firing), (string Code, string Message)> _failures = [];
    private long _bytes;

    /// <param name="plan">The plan of the run.</param>
    /// <param name="maximumBytes">What the recording may take in memory.</param>
    /// <param name="withStepsOnly">Notes only firings that recorded steps: what a dry run needs.</param>
    public RecordingReader(NetworkPlan plan, long maximumBytes, bool withStepsOnly = false)
    {
        (_plan, _maximumBytes, _withStepsOnly) = (plan, maximumBytes, withStepsOnly);
        _nodes = [.. plan.Processes.Select(process => new RecordedNode(process.NodeId, process.Component.Id))];
        _network = new Network(plan, RunLimits.Default, seed: 0) { Replayed = Note };
    }

    /// <summary>There is more than the recording may hold; what is read from now on is left out.</summary>
    public bool IsFull => _bytes > _maximumBytes;

    /// <summary>Reads one entry of the journal.</summary>
    public void Read(ReadOnlyMemory<byte> records, IReadOnlyList<Publication> published)
    {
        foreach (var (_, token) in published.Where(publication => publication.Name.Length == 0 && publication.Token.IsLoaded))
        {
            NoteFailure(token.Json);
        }

        _network.Replay(records);
        _network.Published.Clear();
        _network.Abandoned.Clear();
    }

    public Recording Finish()
    {
        foreach (var process in _plan.Processes)
        {
            foreach (var steps in _network.CellOf(process.Index).Steps.GroupBy(step => step.Key.Firing))
            {
                _nodes[process.Index].Add(new RecordedFiring(steps.Key) { Steps = steps.ToImmutableSortedDictionary(step => step.Key.Step, step => step.Value) });
            }
        }

        foreach (var node in _nodes)
        {
            foreach (var firing in node.Firings.Where(firing => firing.IsSkipped))
            {
                firing.Failure = _failures.TryGetValue((node.NodeId, firing.Number), out var failure) ? failure : null;
            }
        }

        return new Recording(_plan, _nodes, IsFull);
    }

    private void Note(Firing firing, ImmutableSortedDictionary<int, FiringStep> steps)
    {
        if (IsFull || (_withStepsOnly && steps.IsEmpty))
        {
            return;
        }

        _bytes += FiringBytes + firing.Emitted.Sum(emission => (long)emission.Token.Size) + steps.Values.Sum(step => (long)step.Token.Size);
        _nodes[firing.Process].Add(new RecordedFiring(firing.Number)
        {
            IsCommitted = true,
            Cause = firing.Cause,
            Tokens = [.. firing.Tokens],
            Channels = firing.Channels.ToArray(),
            Emitted = [.. firing.Emitted],
            IsSkipped = firing.IsSkipped,
            Again = firing.Again,
            Ends = firing.Ends,
            Poisons = firing.Poisons,
            WakeAt = firing.WakeAt,
            Steps = steps,
        });
    }

    private void NoteFailure(JsonElement happened)
    {
        if (happened.TryGetProperty("kind", out var kind) && kind.ValueEquals("error") && happened.TryGetProperty("then", out var then) && !then.ValueEquals("retry"))
        {
            _failures[(happened.GetProperty("node").GetString()!, happened.GetProperty("firing").GetInt64())] =
                (happened.GetProperty("code").GetString()!, happened.GetProperty("message").GetString()!);
        }
    }
}
