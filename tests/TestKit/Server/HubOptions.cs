namespace Actors.TestKit.Server;

/// <summary>How a <see cref="HubConnectionLite"/> connects.</summary>
public sealed record HubOptions
{
    public string Path { get; init; } = "/hubs/collaboration";

    /// <summary>Bytes that the kernel may hold for this socket; null leaves it to the kernel. Small makes a paused client hurt the server soon.</summary>
    public int? ReceiveBufferBytes { get; init; }

    /// <summary>Bytes that are read at once, to begin with; grows with the longest record.</summary>
    public int ReadBytes { get; init; } = 16 * 1024;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often the client tells that it lives.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);
}
