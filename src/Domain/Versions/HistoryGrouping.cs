using System.Collections.Immutable;
using Actors.Domain.Designs;

namespace Actors.Domain.Versions;

/// <summary>Groups a design's events, taken from the newest back, by author and minute.</summary>
/// <param name="limit">Groups that a page has at most.</param>
public sealed class HistoryGrouping(int limit)
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<Author, Group> _ofMinute = [];
    private long _minute = -1;

    /// <summary>Newest first.</summary>
    public ImmutableArray<HistoryEntry> Entries => [.. _groups.Select(group => group.ToEntry())];

    /// <summary>Takes the event that comes before those taken; false when it begins a group for which there is no room.</summary>
    public bool Take(long revision, DesignEvent @event)
    {
        var minute = @event.At.UtcTicks / TimeSpan.TicksPerMinute;
        if (minute != _minute)
        {
            _ofMinute.Clear();
            _minute = minute;
        }

        if (!_ofMinute.TryGetValue(@event.Author, out var group))
        {
            if (_groups.Count == limit)
            {
                return false;
            }

            group = new Group(@event.Author, revision, @event.At);
            _groups.Add(group);
            _ofMinute.Add(@event.Author, group);
        }

        group.Add(revision, @event);
        return true;
    }

    private sealed class Group(Author author, long last, DateTimeOffset until)
    {
        private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
        private readonly List<string> _nodes = [];
        private readonly Dictionary<string, int> _operations = new(StringComparer.Ordinal);
        private long _first;
        private DateTimeOffset _at;
        private int _changes;
        private long? _restored;

        public void Add(long revision, DesignEvent @event)
        {
            _first = revision;
            _at = @event.At;
            _changes++;
            switch (@event)
            {
                case DesignCreated created:
                    Count("node.add", created.Nodes.Length);
                    Count("connection.add", created.Connections.Length);
                    foreach (var node in created.Nodes)
                    {
                        Touch(node.Id);
                    }

                    break;
                case BatchCommitted committed:
                    _restored ??= committed.Restored;
                    foreach (var operation in committed.Operations.Reverse())
                    {
                        Add(operation);
                    }

                    break;
            }
        }

        public HistoryEntry ToEntry() => new(
            author, _first, last, _at, until, _changes, _operations.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. _nodes], _touched.Count, _restored);

        private void Add(Operation operation)
        {
            Count(OperationNames.Of(operation), 1);
            if (OperationNames.NodeOf(operation) is { } node)
            {
                Touch(node);
            }
        }

        private void Count(string kind, int times)
        {
            if (times > 0)
            {
                _operations[kind] = _operations.GetValueOrDefault(kind) + times;
            }
        }

        private void Touch(string node)
        {
            if (_touched.Add(node) && _nodes.Count < HistoryEntry.MaximumNodes)
            {
                _nodes.Add(node);
            }
        }
    }
}
