namespace Actors.TestKit.Server;

/// <summary>How a server under test is started.</summary>
public sealed record ServerOptions
{
    /// <summary>The folder below the build output that holds the silo: <c>debug</c> for tests, <c>release</c> for measurements.</summary>
    public string Configuration { get; init; } = "debug";

    /// <summary>The silo's assembly; null finds the one that was built beside the calling assembly, or what <c>ACTORS_SILO</c> names.</summary>
    public string? Assembly { get; init; }

    /// <summary>Where the server keeps its data; null makes a temporary folder that disappears with the server.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The folder in which a temporary data folder is made; null is the system's.</summary>
    public string? TemporaryRoot { get; init; }

    /// <summary>Settings as environment variables (<c>Section__Key</c>), over the defaults of <see cref="ServerProcess"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The processors on which the server may run, as <c>taskset -c</c> names them; null is all.</summary>
    public string? Processors { get; init; }

    /// <summary>How long the server may take until it says that it is ready.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
