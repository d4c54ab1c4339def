using System.Collections.Immutable;

namespace Actors.Domain.Execution;

/// <summary>Groups of processes that reach one another (Tarjan's algorithm, without recursion).</summary>
internal static class Cycles
{
    /// <summary>The groups in the order of the flow; a process that only reaches itself through a channel of its own is one too.</summary>
    public static ImmutableArray<ImmutableArray<int>> Find(int processes, IEnumerable<ChannelPlan> channels)
    {
        var followers = new List<int>[processes];
        var toItself = new HashSet<int>();
        foreach (var channel in channels)
        {
            (followers[channel.From] ??= []).Add(channel.To);
            if (channel.From == channel.To)
            {
                toItself.Add(channel.From);
            }
        }

        var search = new Search(followers);
        for (var i = 0; i < processes; i++)
        {
            search.Visit(i);
        }

        // Tarjan finds the downstream groups first.
        search.Groups.Reverse();
        return [.. search.Groups.Where(group => group.Length > 1 || toItself.Contains(group[0]))];
    }

    private sealed class Search(List<int>?[] followers)
    {
        private readonly int[] _order = new int[followers.Length];
        private readonly int[] _lowest = new int[followers.Length];
        private readonly bool[] _onPath = new bool[followers.Length];
        private readonly Stack<int> _path = new();
        private int _count;

        public List<ImmutableArray<int>> Groups { get; } = [];

        public void Visit(int start)
        {
            if (_order[start] != 0)
            {
                return;
            }

            var calls = new Stack<(int Process, int Next)>();
            Enter(start);
            calls.Push((start, 0));
            while (calls.TryPop(out var call))
            {
                var (process, next) = call;
                if (followers[process] is { } targets && next < targets.Count)
                {
                    calls.Push((process, next + 1));
                    var target = targets[next];
                    if (_order[target] == 0)
                    {
                        Enter(target);
                        calls.Push((target, 0));
                    }
                    else if (_onPath[target])
                    {
                        _lowest[process] = Math.Min(_lowest[process], _order[target]);
                    }

                    continue;
                }

                Leave(process);
                if (calls.TryPeek(out var caller))
                {
                    _lowest[caller.Process] = Math.Min(_lowest[caller.Process], _lowest[process]);
                }
            }
        }

        private void Enter(int process)
        {
            _order[process] = _lowest[process] = ++_count;
            _onPath[process] = true;
            _path.Push(process);
        }

        private void Leave(int process)
        {
            if (_lowest[process] != _order[process])
            {
                return;
            }

            var group = ImmutableArray.CreateBuilder<int>();
            int member;
            do
            {
                member = _path.Pop();
                _onPath[member] = false;
                group.Add(member);
            }
            while (member != process);
            group.Sort();
            Groups.Add(group.ToImmutable());
        }
    }
}
