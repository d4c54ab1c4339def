using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Actors.TestKit.Server;

/// <summary>
/// What a server's heap holds when nothing of it is garbage. The server is made to collect as <c>dotnet-gcdump</c> makes it:
/// over the runtime's diagnostic port, by a trace session with the keyword GCHeapCollect
/// (https://github.com/dotnet/diagnostics/blob/main/documentation/design-docs/ipc-protocol.md).
/// </summary>
public static partial class ManagedHeap
{
    private const byte EventPipeCommands = 0x02;
    private const byte CollectTracing2 = 0x03;
    private const ulong GarbageCollectHeap = 0x800000;
    private const uint Informational = 4;
    private const int HeaderBytes = 20;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>Bytes in use after a full collection, as the server's metrics tell.</summary>
    public static async Task<long> CollectAsync(ServerProcess server)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server.Address };
        var before = Sum(await http.GetStringAsync("/metrics"), FullCollections());
        using var session = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await session.ConnectAsync(new UnixDomainSocketEndPoint(PortOf(server.ProcessId)));
        await session.SendAsync(CollectCommand());
        var drained = DrainAsync(session);

        var metrics = "";
        await Eventually.HoldsAsync(
            async () => Sum(metrics = await http.GetStringAsync("/metrics"), FullCollections()) > before,
            Within,
            "the server has collected its garbage");
        session.Close();
        await drained;
        return (long)Sum(metrics, HeapBytes());
    }

    private static string PortOf(int processId) =>
        Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{processId}-*-socket").FirstOrDefault()
        ?? throw new InvalidOperationException($"The process {processId} has no diagnostic port.");

    /// <summary>The events are of no interest, but unread they would hold up the session.</summary>
    private static async Task DrainAsync(Socket session)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await session.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Closed by the caller, who has what it wanted.
        }
    }

    private static byte[] CollectCommand()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(16u);
        writer.Write(1u);
        writer.Write(false);
        writer.Write(1u);
        writer.Write(GarbageCollectHeap);
        writer.Write(Informational);
        WriteText(writer, "Microsoft-Windows-DotNETRuntime");
        WriteText(writer, "");
        writer.Flush();

        var command = new byte[HeaderBytes + payload.Length];
        "DOTNET_IPC_V1\0"u8.CopyTo(command);
        BinaryPrimitives.WriteUInt16LittleEndian(command.AsSpan(14), (ushort)command.Length);
        command[16] = EventPipeCommands;
        command[17] = CollectTracing2;
        payload.ToArray().CopyTo(command, HeaderBytes);
        return command;
    }

    /// <summary>UTF-16 with its length in characters, the closing nul included.</summary>
    private static void WriteText(BinaryWriter writer, string text)
    {
        writer.Write((uint)text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + "\0"));
    }

    private static double Sum(string metrics, Regex series) =>
        series.Matches(metrics).Sum(match => double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex("""^actors_gc_collections_total\{generation="(gen)?2"\} (?<value>\S+)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FullCollections();

    [GeneratedRegex("""^actors_gc_heap_bytes\{[^}]*\} (?<value>\S+)$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeapBytes();
}
