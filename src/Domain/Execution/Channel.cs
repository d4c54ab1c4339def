namespace Actors.Domain.Execution;

/// <summary>
/// A bounded first-in-first-out of tokens. The first <see cref="Taken"/> of them belong to firings in flight: they stay
/// until the firing is committed, because until then it may still come to nothing.
/// </summary>
internal sealed class Channel
{
    private const int InitialRing = 8;

    /// <summary>Bytes of a large token that are kept to be shown.</summary>
    private const int ShownBytes = 1024;

    private Token[] _ring = [];
    private int _head;

    public Channel(ChannelPlan plan)
    {
        Plan = plan;
        Capacity = plan.Gathers ? int.MaxValue : Math.Max(1, plan.Capacity);
    }

    public ChannelPlan Plan { get; }

    /// <summary>Offer and accept are one: the writer goes on only when its token was consumed.</summary>
    public bool IsRendezvous => Plan.Capacity == 0 && !Plan.Gathers;

    public int Capacity { get; }

    public int Count { get; private set; }

    public int Taken { get; private set; }

    public int Available => Count - Taken;

    /// <summary>Tokens that went in since the run began.</summary>
    public long Passed { get; set; }

    /// <summary>Bytes of the tokens that went in since the run began.</summary>
    public long PassedBytes { get; set; }

    /// <summary>The token that went in last, for people to see: its beginning alone when it is large. Null before the first.</summary>
    public Token? Newest { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The writer has ended, and its last token is in.</summary>
    public bool Closed { get; set; }

    /// <summary>The reader has ended; what comes is dropped.</summary>
    public bool Abandoned { get; private set; }

    public bool HasRoom => Count < Capacity;

    /// <summary>Nothing can come any more.</summary>
    public bool IsDrained => Closed && Count == 0;

    public void Put(Token token)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[(_head + Count) & (_ring.Length - 1)] = token;
        Count++;
        Passed++;
        PassedBytes += token.Size;
        Bytes += token.Size;
        Newest = token.Size <= RecordWriter.LargeToken || !token.IsLoaded ? token : Token.Trusted(token.Utf8[..ShownBytes].ToArray());
    }

    /// <summary>The next token that no firing has; it is that firing's from now on.</summary>
    public Token Take()
    {
        var token = this[Taken];
        Taken++;
        return token;
    }

    /// <summary>The firings of the newest tokens gave them back.</summary>
    public void GiveBack() => Taken = 0;

    /// <summary>The oldest token is consumed.</summary>
    public Token Consume()
    {
        var token = _ring[_head];
        _ring[_head] = null!;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        Bytes -= token.Size;
        if (Taken > 0)
        {
            Taken--;
        }

        return token;
    }

    public Token this[int index] => _ring[(_head + index) & (_ring.Length - 1)];

    /// <returns>Tokens that were dropped.</returns>
    public int Abandon()
    {
        var dropped = Count;
        Abandoned = true;
        _ring = [];
        _head = Count = Taken = 0;
        Bytes = 0;
        return dropped;
    }

    private void Grow()
    {
        var larger = new Token[Math.Max(InitialRing, _ring.Length * 2)];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _head = 0;
    }
}
