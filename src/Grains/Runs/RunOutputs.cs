using Actors.Domain.Execution;

namespace Actors.Grains.Runs;

/// <summary>
/// Where a run's outputs and events stand in its journal. The first tokens of each stay in memory; the others are read
/// from the entries that hold them.
/// </summary>
internal sealed class RunOutputs
{
    /// <summary>Tokens of an output that stay in memory.</summary>
    public const int Head = 100;

    private const int HeadBytes = 64 * 1024;

    private readonly Dictionary<string, Sequence> _byName = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, Sequence>> All => _byName.Where(output => output.Key.Length > 0).OrderBy(output => output.Key, StringComparer.Ordinal);

    /// <summary>Events so far.</summary>
    public long Events => Find("")?.Count ?? 0;

    public Sequence? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Tokens in memory that were read by their blobs' names.</summary>
    public IEnumerable<Token> Unloaded() => _byName.Values.SelectMany(sequence => sequence.First).Where(token => !token.IsLoaded);

    public void Add(long revision, List<Publication> published)
    {
        foreach (var (name, token) in published)
        {
            if (!_byName.TryGetValue(name, out var sequence))
            {
                _byName[name] = sequence = new Sequence();
            }

            sequence.Add(revision, token);
        }
    }

    public void Write(RecordWriter writer)
    {
        writer.Number(_byName.Count);
        foreach (var (name, sequence) in _byName)
        {
            writer.Text(name);
            sequence.Write(writer);
        }
    }

    public void Read(ref RecordReader reader)
    {
        for (var left = reader.Count(); left > 0; left--)
        {
            _byName[reader.Text()] = Sequence.Read(ref reader);
        }
    }

    /// <summary>One output.</summary>
    internal sealed class Sequence
    {
        private readonly List<(long Revision, long Before)> _entries = [];
        private int _bytes;

        public long Count { get; private set; }

        /// <summary>The first tokens.</summary>
        public List<Token> First { get; } = [];

        /// <summary>The journal entry that holds the token after the first <paramref name="after"/>, and how many come before that entry.</summary>
        public (long Revision, long Before) Locate(long after)
        {
            int low = 0, high = _entries.Count - 1;
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                (low, high) = _entries[middle].Before <= after ? (middle, high) : (low, middle - 1);
            }

            return _entries[low];
        }

        public void Add(long revision, Token token)
        {
            if (_entries.Count == 0 || _entries[^1].Revision != revision)
            {
                _entries.Add((revision, Count));
            }

            if (First.Count == Count && First.Count < Head && _bytes + token.Size <= HeadBytes)
            {
                First.Add(token);
                _bytes += token.Size;
            }

            Count++;
        }

        public void Write(RecordWriter writer)
        {
            writer.Number(Count);
            writer.Number(First.Count);
            foreach (var token in First)
            {
                writer.Token(token);
            }

            writer.Number(_entries.Count);
            foreach (var (revision, before) in _entries)
            {
                writer.Number(revision);
                writer.Number(before);
            }
        }

        public static Sequence Read(ref RecordReader reader)
        {
            var sequence = new Sequence { Count = reader.Number() };
            for (var left = reader.Count(); left > 0; left--)
            {
                var token = reader.Token();
                sequence.First.Add(token);
                sequence._bytes += token.Size;
            }

            for (var left = reader.Count(); left > 0; left--)
            {
                sequence._entries.Add((reader.Number(), reader.Number()));
            }

            return sequence;
        }
    }
}
