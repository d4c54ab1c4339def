namespace Actors.Bench.Load;

/// <summary>One measured row. Times are milliseconds, memory is MiB (2^20 bytes).</summary>
internal sealed record LoadResult
{
    public required string Name { get; init; }

    public required string Storage { get; init; }

    public required int Connections { get; init; }

    public required double EditsPerSecond { get; init; }

    public required double DeliveriesPerSecond { get; init; }

    /// <summary>Edits sent within the window, times those who should see each.</summary>
    public required long Expected { get; init; }

    public required long Delivered { get; init; }

    public required double? RemoteP50 { get; init; }

    public required double? RemoteP99 { get; init; }

    public required double RemoteMaximum { get; init; }

    public required double? AcknowledgedP50 { get; init; }

    public required double? AcknowledgedP99 { get; init; }

    /// <summary>Server CPU within the window over deliveries, in microseconds.</summary>
    public required double MicrosecondsPerDelivery { get; init; }

    /// <summary>Server CPU within the window over edits, in microseconds.</summary>
    public required double MicrosecondsPerEdit { get; init; }

    /// <summary>Server CPU within the window, in percent of one processor.</summary>
    public required double ServerPercent { get; init; }

    /// <summary>The server's memory before the first client came.</summary>
    public required double ResidentIdle { get; init; }

    /// <summary>The server's memory at the window's end.</summary>
    public required double ResidentNow { get; init; }

    public required double ResidentPeak { get; init; }

    /// <summary>The server's memory, once a second over the window.</summary>
    public required IReadOnlyList<double> ResidentOverTime { get; init; }

    public required double MessagesPerSecond { get; init; }

    public required double KilobytesPerSecond { get; init; }

    /// <summary>Revisions skipped or repeated, at any client.</summary>
    public required int Gaps { get; init; }

    /// <summary>Snapshots after the first and ended streams, at clients that read.</summary>
    public required int Resynchronized { get; init; }

    public required int Refused { get; init; }

    public required string? Refusal { get; init; }

    /// <summary>Edited nodes that a fresh joiner was shown otherwise than they were last stored.</summary>
    public required int StateWrong { get; init; }

    public required int StateChecked { get; init; }

    /// <summary>What became of the connections that did not read, once they did; null when there were none.</summary>
    public string? Revived { get; init; }

    /// <summary>CPU of this process within the window, in percent of one processor.</summary>
    public required double ClientPercent { get; init; }

    public required double? SlipP99 { get; init; }

    public bool AllDelivered => Delivered == Expected && Gaps == 0 && Refused == 0;

    /// <summary>Whether the load side was at its own limit, so that the row says nothing about the server.</summary>
    public bool ClientWasLimit => ClientPercent > 80 || SlipP99 > 5;
}
