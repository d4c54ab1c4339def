using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Campaigns;

/// <summary>Keeps a replica of a design from frames, over as many connections as it takes.</summary>
internal sealed class Watcher(string designId)
{
    private Task _following = Task.CompletedTask;

    public string DesignId => designId;

    public DesignReplica Replica { get; } = new();

    /// <summary>The newest revision that has arrived; safe to ask while frames come in.</summary>
    public long Revision => Volatile.Read(ref _revision);

    private long _revision;

    /// <summary>Watches from the position that the replica has.</summary>
    public void Follow(HubConnectionLite connection)
    {
        if (!_following.IsCompleted)
        {
            throw new InvalidOperationException("The last connection is still followed.");
        }

        _following = FollowAsync(connection.Stream("WatchDesign", designId, Replica.Position));
    }

    /// <summary>Waits until the stream has ended and rethrows what its frames broke.</summary>
    public Task EndedAsync() => _following.WaitAsync(Deadlines.Answer);

    private async Task FollowAsync(HubStream stream)
    {
        await foreach (JsonElement frame in stream.Items.ReadAllAsync())
        {
            Replica.Apply(frame);
            Volatile.Write(ref _revision, Replica.Revision);
        }
    }
}
