namespace Actors.Frontend.Live;

/// <summary>
/// The last changes of a design, each as its bytes. What a client lacks is the part behind its position; a frame of it
/// is composed once and kept for the others at the same position. Not safe for concurrent use: the feed locks.
/// </summary>
internal sealed class ChangeRing(int capacity, int maximumBytes, int frameBytes)
{
    private static readonly byte[] Prefix = "{\"kind\":\"changes\",\"changes\":["u8.ToArray();
    private static readonly byte[] Suffix = "]}"u8.ToArray();
    private static readonly LiveFrame Empty = new("{\"kind\":\"changes\",\"changes\":[]}"u8.ToArray());

    private const int InitialCapacity = 64;

    private byte[][] _changes = new byte[Math.Min(capacity, InitialCapacity)][];
    private int _count;
    private int _bytes;
    private long _cachedAfter = -1;
    private long _cachedUpTo = -1;
    private LiveFrame _cached = Empty;

    /// <summary>The revision of the newest change.</summary>
    public long Head { get; private set; }

    /// <summary>The lowest position that can be continued from here.</summary>
    public long Floor => Head - _count;

    /// <summary>Forgets everything; the next change is the one after <paramref name="revision"/>.</summary>
    public void Reset(long revision)
    {
        Array.Clear(_changes);
        _count = 0;
        _bytes = 0;
        Head = revision;
        _cachedAfter = -1;
    }

    public void Append(long revision, byte[] change)
    {
        if (revision != Head + 1)
        {
            throw new InvalidOperationException($"The change {revision} does not follow {Head}.");
        }

        if (_count == _changes.Length && _count < capacity)
        {
            Grow();
        }

        while (_count > 0 && (_count == capacity || _bytes + change.Length > maximumBytes))
        {
            ref var oldest = ref At(Floor + 1);
            _bytes -= oldest.Length;
            oldest = [];
            _count--;
        }

        Head = revision;
        _count++;
        _bytes += change.Length;
        At(revision) = change;
    }

    /// <summary>A frame of the changes after a position, and the position that it leads to.</summary>
    public LiveFrame Compose(long after, out long upTo)
    {
        if (after >= Head)
        {
            upTo = after;
            return Empty;
        }

        if (after == _cachedAfter && _cachedUpTo == Head)
        {
            upTo = _cachedUpTo;
            return _cached;
        }

        var length = Prefix.Length + Suffix.Length;
        upTo = after;
        do
        {
            upTo++;
            length += At(upTo).Length + 1;
        }
        while (upTo < Head && length < frameBytes);

        var frame = new byte[length - 1];
        Prefix.CopyTo(frame, 0);
        var position = Prefix.Length;
        for (var revision = after + 1; revision <= upTo; revision++)
        {
            if (revision > after + 1)
            {
                frame[position++] = (byte)',';
            }

            var change = At(revision);
            change.CopyTo(frame, position);
            position += change.Length;
        }

        Suffix.CopyTo(frame, position);
        _cachedAfter = after;
        _cachedUpTo = upTo;
        return _cached = new LiveFrame(frame);
    }

    /// <summary>A frame that holds nothing: the position that a client named is the newest.</summary>
    public static LiveFrame Nothing => Empty;

    private ref byte[] At(long revision) => ref _changes[revision % _changes.Length];

    /// <summary>A quiet design's ring is small; every change finds its new place by its revision.</summary>
    private void Grow()
    {
        var larger = new byte[Math.Min(capacity, _changes.Length * 4)][];
        for (var revision = Floor + 1; revision <= Head; revision++)
        {
            larger[revision % larger.Length] = At(revision);
        }

        _changes = larger;
    }
}
