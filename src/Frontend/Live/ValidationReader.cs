using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Actors.Frontend.Live;

/// <summary>One client's way through a design's findings: all of them first, then what came and went since the frame before.</summary>
/// <remarks>Findings are only ever compared with what this client was shown last, so a slow client skips what is over by then.</remarks>
internal sealed class ValidationReader(LiveOptions options, TimeProvider time, LiveConnection connection) : LiveStream(options, time, connection)
{
    private volatile RenderedFindings? _newest;

    public override string Kind => "validation";

    public void Show(RenderedFindings findings)
    {
        _newest = findings;
        Wake();
    }

    protected override async IAsyncEnumerable<LiveFrame> ReadFramesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RenderedFindings? seen = null;
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        while (!cancellationToken.IsCancellationRequested)
        {
            if (EndFrame is { } end)
            {
                yield return end;
                yield break;
            }

            if (_newest is not { } newest || ReferenceEquals(newest, seen))
            {
                await WakenAsync();
                continue;
            }

            seen = newest;
            if (newest.Ended is { } code)
            {
                yield return LiveFrame.End(code, retry: false);
                yield break;
            }

            yield return Write(newest, shown);
        }
    }

    /// <summary>A finding that reads otherwise than before is added again under its id.</summary>
    private static LiveFrame Write(RenderedFindings newest, Dictionary<string, string> shown)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, "findings"u8);
        writer.WriteNumber("revision"u8, newest.Revision);
        writer.WriteStartArray("added"u8);
        var gone = new HashSet<string>(shown.Keys, StringComparer.Ordinal);
        foreach (var (id, json) in newest.Json)
        {
            gone.Remove(id);
            if (!shown.TryGetValue(id, out var before) || before != json)
            {
                writer.WriteRawValue(json, skipInputValidation: true);
                shown[id] = json;
            }
        }

        writer.WriteEndArray();
        writer.WriteStartArray("removed"u8);
        foreach (var id in gone)
        {
            writer.WriteStringValue(id);
            shown.Remove(id);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return new LiveFrame(buffer.WrittenMemory);
    }
}
