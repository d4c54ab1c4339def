using System.Text;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Bench.Load;

/// <summary>One connection that watches a design and may edit it. Keeps no document: it counts and times.</summary>
internal sealed class LoadClient : IAsyncDisposable
{
    private readonly LoadClock _clock;
    private readonly EditArguments _arguments;
    private readonly int _index;
    private readonly Watch _watch;
    private readonly int _nodes;
    private int _sequence;

    private LoadClient(HubConnectionLite connection, LoadClock clock, string designId, int index, int nodes)
    {
        Connection = connection;
        _clock = clock;
        _arguments = new EditArguments(designId);
        _index = index;
        _nodes = nodes;
        _watch = new Watch(this);
    }

    public HubConnectionLite Connection { get; }

    /// <summary>From sending an edit to its arrival at another client.</summary>
    public Histogram Latency { get; } = new();

    /// <summary>From sending an edit to the server's answer that it is stored.</summary>
    public Histogram Acknowledgement { get; } = new();

    /// <summary>From the moment an edit was due to the moment it left: above a few milliseconds the load side was the limit.</summary>
    public Histogram Slip { get; } = new();

    /// <summary>Edits sent within the window.</summary>
    public long Sent { get; private set; }

    /// <summary>Others' edits of the window that arrived.</summary>
    public long Delivered { get; private set; }

    /// <summary>Edits sent and not answered yet.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Snapshots after the first, and ends of the stream: each means that the server did not keep up with this client.</summary>
    public int Resynchronized => _watch.Snapshots - 1 + _watch.Ends;

    /// <summary>The newest revision that has arrived.</summary>
    public long Revision => _watch.Revision;

    /// <summary>Revisions that were skipped or came twice without a snapshot.</summary>
    public int Gaps => _watch.Gaps;

    /// <summary>The first refusal or error of an edit.</summary>
    public string? Refusal { get; private set; }

    public int Refused { get; private set; }

    /// <summary>For each node that this client edited, its last stored edit.</summary>
    public Dictionary<int, StoredEdit> Stored { get; } = [];

    private int _pending;

    public static async Task<LoadClient> ConnectAsync(ApiClient account, LoadClock clock, string designId, int index, int nodes, HubOptions? options = null)
    {
        var connection = await account.ConnectAsync(options);
        var client = new LoadClient(connection, clock, designId, index, nodes);
        connection.Stream("WatchDesign"u8, Encoding.UTF8.GetBytes($"[\"{designId}\",null]"), client._watch);
        await client._watch.Ready.WaitAsync(TimeSpan.FromSeconds(60));
        return client;
    }

    /// <summary>Sends one edit that was due at <paramref name="due"/>.</summary>
    public void Edit(long due)
    {
        var node = (int)(((_sequence * 7L) + (_index * 13L)) % _nodes);
        var now = _clock.Now;
        var x = EditModel.Encode(now, _index);
        if (_clock.Counts(now))
        {
            Sent++;
            Slip.Add(now - due);
        }

        Interlocked.Increment(ref _pending);
        Connection.Invoke("Submit"u8, _arguments.Write(node, x, _sequence), new Submission(this, now, node, x, _sequence));
        _sequence++;
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private void Received(double x)
    {
        if (!EditModel.IsEdit(x))
        {
            return;
        }

        var (sentAt, writer) = EditModel.Decode(x);
        if (writer != _index && _clock.Counts(sentAt))
        {
            Delivered++;
            Latency.Add(_clock.Now - sentAt);
        }
    }

    /// <summary>An edit as it was stored, with the revision that orders it among those of other clients.</summary>
    internal sealed record StoredEdit(long Revision, double X, double Y);

    private sealed class Watch(LoadClient owner) : HubCall
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _revision = -1;

        public long Revision => Volatile.Read(ref _revision);

        public Task Ready => _ready.Task;

        public int Snapshots { get; private set; }

        public int Ends { get; private set; }

        public int Gaps { get; private set; }

        public override void OnItem(ref Utf8JsonReader value)
        {
            var depth = value.CurrentDepth;
            var isSnapshot = false;
            while (value.Read() && value.CurrentDepth > depth)
            {
                if (value.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                if (value.ValueTextEquals("x"u8))
                {
                    value.Read();
                    if (!isSnapshot)
                    {
                        owner.Received(value.GetDouble());
                    }
                }
                else if (value.ValueTextEquals("revision"u8))
                {
                    value.Read();
                    if (value.CurrentDepth == depth + (isSnapshot ? 1 : 3))
                    {
                        Reached(value.GetInt64(), isSnapshot);
                    }
                }
                else if (value.ValueTextEquals("kind"u8) && value.CurrentDepth == depth + 1)
                {
                    value.Read();
                    isSnapshot = value.ValueTextEquals("snapshot"u8);
                    Snapshots += isSnapshot ? 1 : 0;
                    Ends += value.ValueTextEquals("end"u8) ? 1 : 0;
                }
            }

            _ready.TrySetResult();
        }

        public override void OnEnded(string? error)
        {
            Ends++;
            _ready.TrySetException(new HubException(error ?? "The stream ended."));
        }

        private void Reached(long revision, bool isSnapshot)
        {
            if (!isSnapshot && revision != _revision + 1)
            {
                Gaps++;
            }

            Volatile.Write(ref _revision, revision);
        }
    }

    private sealed class Submission(LoadClient owner, long sentAt, int node, double x, double y) : HubCall
    {
        private long _revision;
        private string? _refusal;

        public override void OnResult(ref Utf8JsonReader value)
        {
            var result = value;
            value.Skip();
            var isCommitted = false;
            while (result.Read() && result.CurrentDepth > value.CurrentDepth)
            {
                if (result.TokenType == JsonTokenType.PropertyName && result.ValueTextEquals("status"u8))
                {
                    result.Read();
                    isCommitted = result.ValueTextEquals("committed"u8);
                }
                else if (result.TokenType == JsonTokenType.PropertyName && result.ValueTextEquals("revision"u8))
                {
                    result.Read();
                    _revision = result.GetInt64();
                }
                else if (result.TokenType == JsonTokenType.PropertyName && result.ValueTextEquals("code"u8))
                {
                    result.Read();
                    _refusal = result.GetString();
                }
            }

            _refusal = isCommitted ? null : _refusal ?? "refused";
        }

        public override void OnEnded(string? error)
        {
            Interlocked.Decrement(ref owner._pending);
            if ((error ?? _refusal) is { } refusal)
            {
                owner.Refused++;
                owner.Refusal ??= refusal;
                return;
            }

            if (owner._clock.Counts(sentAt))
            {
                owner.Acknowledgement.Add(owner._clock.Now - sentAt);
            }

            if (!owner.Stored.TryGetValue(node, out var earlier) || earlier.Revision < _revision)
            {
                owner.Stored[node] = new StoredEdit(_revision, x, y);
            }
        }
    }
}
