using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Actors.Grains.EventSourcing;

/// <summary>
/// Those who watch a grain, each behind a bounded queue. A watcher that does not keep up is ended, never waited for:
/// it comes again with the position that it has. Used in the grain's turns only.
/// </summary>
/// <param name="capacity">Items that may wait for one watcher.</param>
internal sealed class Watchers<T>(int capacity)
{
    private readonly List<Channel<T>> _channels = [];

    public int Count => _channels.Count;

    public void Publish(T item)
    {
        for (var i = _channels.Count - 1; i >= 0; i--)
        {
            if (!_channels[i].Writer.TryWrite(item))
            {
                _channels[i].Writer.TryComplete();
                _channels.RemoveAt(i);
            }
        }
    }

    /// <summary>Ends every watch; what is queued is still delivered.</summary>
    public void Complete()
    {
        foreach (var channel in _channels)
        {
            channel.Writer.TryComplete();
        }

        _channels.Clear();
    }

    /// <summary>Registers a watcher at once, so that nothing published from here on is missed. Disposing it ends the watch.</summary>
    public Watcher Watch()
    {
        var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity)
        {
            SingleReader = true,
            SingleWriter = true,
            FullMode = BoundedChannelFullMode.Wait,
        });
        _channels.Add(channel);
        return new Watcher(this, channel);
    }

    public sealed class Watcher(Watchers<T> owner, Channel<T> channel) : IDisposable
    {
        /// <summary>All that waits, together, each time that something does.</summary>
        public async IAsyncEnumerable<ImmutableArray<T>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (await channel.Reader.WaitToReadAsync(cancellationToken))
            {
                var items = ImmutableArray.CreateBuilder<T>(channel.Reader.Count);
                while (channel.Reader.TryRead(out var item))
                {
                    items.Add(item);
                }

                yield return items.DrainToImmutable();
            }
        }

        public void Dispose() => owner._channels.Remove(channel);
    }
}
