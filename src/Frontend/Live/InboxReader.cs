using System.Runtime.CompilerServices;

namespace Actors.Frontend.Live;

/// <summary>One connection's way through an inbox, from the position that it has.</summary>
internal sealed class InboxReader(InboxFeed feed, long? afterSequence, LiveOptions options, TimeProvider time, LiveConnection connection)
    : LiveStream(options, time, connection)
{
    public override string Kind => "inbox";

    protected override async IAsyncEnumerable<LiveFrame> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await feed.Started.WaitAsync(cancellationToken);

        // The place in the ring comes first: what happens while the grain is asked is then met twice and never missed.
        var position = feed.Head;
        var sent = await feed.BeginAsync(afterSequence, cancellationToken);
        yield return sent.Inbox;
        while (!cancellationToken.IsCancellationRequested)
        {
            if ((EndFrame ?? feed.Ended) is { } end)
            {
                yield return end;
                yield break;
            }

            if (!feed.TryRead(ref position, out var next))
                next = await feed.BeginAsync(sent.Sequence, cancellationToken);

            if (next is null)
            {
                await WakenAsync();
            }
            else if (next.Sequence > sent.Sequence)
            {
                sent = next;
                yield return next.Inbox;
            }
        }
    }
}
