using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;

namespace Actors.Grains.Runs;

/// <summary>What others see of a run.</summary>
internal sealed partial class RunGrain
{
    private const int EventsPerItem = 500;

    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _watching;

    public async Task<RunView?> Get() => _header is null ? null : await ViewAsync(previews: false);

    public async Task<RunTokens?> GetOutput(string name, long after, int limit)
    {
        if (_header is null || (_outputs.Find(name) is null && name.Length > 0))
        {
            return null;
        }

        return await ReadAsync(name, after, limit);
    }

    public async Task<ImmutableArray<RunWait>> GetWaits() => _header is null ? [] : (await FiguresAsync()).Waits;

    public async IAsyncEnumerable<RunFeedItem> Watch(long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_header is null)
        {
            yield return new RunFeedItem.Ended(ErrorCodes.NotFound);
            yield break;
        }

        var interval = TimeSpan.FromSeconds(1.0 / services.Options.StatesPerSecond);
        var after = Math.Min(afterSequence, _outputs.Events);
        _watching++;
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Life);
            while (true)
            {
                var changed = _changed.Task;
                while (after < _outputs.Events)
                {
                    var events = (await ReadAsync("", after, EventsPerItem)).Items;
                    after += events.Length;
                    yield return new RunFeedItem.Events(after, events);
                }

                var ended = _header.EndedAt is not null && after == _outputs.Events;
                yield return new RunFeedItem.State(await ViewAsync(previews: true));
                if (ended)
                {
                    yield return new RunFeedItem.Ended(_header.Status);
                    yield break;
                }

                if (!await NextAsync(changed, interval, ends.Token))
                {
                    yield break;
                }
            }
        }
        finally
        {
            _watching--;
            Pump();
        }
    }

    /// <summary>Waits for a change, and at least the interval; false when there is no more to watch here.</summary>
    private async Task<bool> NextAsync(Task changed, TimeSpan interval, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(interval, services.Time, cancellationToken);
            await changed.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Changed()
    {
        var changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    /// <summary>The run as it is stored.</summary>
    private async Task<RunView> ViewAsync(bool previews)
    {
        var figures = await FiguresAsync();
        if (_header!.EndedAt is not null && !figures.AreLast)
        {
            // It ended while they were waited for.
            figures = await FiguresAsync();
        }

        var header = _storageDown && _header.Status == "running" ? _header with { Status = "paused" } : _header;
        return new RunView(
            header,
            figures.Nodes,
            figures.Connections.ToImmutableDictionary(
                connection => connection.Key,
                connection => previews ? connection.Value.Figures with { Preview = connection.Value.Newest?.Preview() } : connection.Value.Figures,
                StringComparer.Ordinal),
            _outputs.All.ToImmutableDictionary(output => output.Key, output => output.Value.First.ToImmutableArray(), StringComparer.Ordinal),
            _outputs.All.ToImmutableDictionary(output => output.Key, output => output.Value.Count, StringComparer.Ordinal),
            figures.Firings,
            _outputs.Events,
            figures.Waits);
    }


    private async Task<List<(string Name, ImmutableArray<Token> Tokens)>> AllOutputsAsync()
    {
        var outputs = new List<(string, ImmutableArray<Token>)>();
        foreach (var (name, sequence) in _outputs.All.ToArray())
        {
            outputs.Add((name, (await ReadAsync(name, 0, (int)Math.Min(sequence.Count, services.Options.Limits.TokensPerFiring))).Items));
        }

        return outputs;
    }

    /// <summary>Tokens of an output (or events), from memory where they are, else from the journal.</summary>
    private async Task<RunTokens> ReadAsync(string name, long after, int limit)
    {
        if (_outputs.Find(name) is not { } sequence || after >= sequence.Count)
        {
            return new RunTokens([], _outputs.Find(name)?.Count ?? 0);
        }

        var total = sequence.Count;
        var wanted = (int)Math.Min(limit, total - after);
        var items = ImmutableArray.CreateBuilder<Token>(wanted);
        if (after + wanted <= sequence.First.Count)
        {
            items.AddRange(sequence.First.GetRange((int)after, wanted));
        }
        else
        {
            var (revision, position) = sequence.Locate(after);
            await foreach (var entry in services.Journal.ReadAsync(Stream, revision - 1, int.MaxValue, CancellationToken.None))
            {
                foreach (var (_, token) in JournalPart.Read(entry.Payload).Published.Where(publication => publication.Name == name))
                {
                    if (position++ >= after && items.Count < wanted)
                    {
                        items.Add(token);
                    }
                }

                if (items.Count >= wanted)
                {
                    break;
                }
            }
        }

        foreach (var token in items)
        {
            await LoadAsync(token, CancellationToken.None);
        }

        return new RunTokens(items.ToImmutable(), total);
    }
}
