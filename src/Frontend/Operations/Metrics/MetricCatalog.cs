using Actors.Frontend.Live;

namespace Actors.Frontend.Operations.Metrics;

/// <summary>Where the engine that runs the grains tells of them; whoever composes the host knows it.</summary>
/// <param name="Meter">The meter's name.</param>
/// <param name="Prefix">What the names of its instruments begin with.</param>
public sealed record EngineMeter(string Meter, string Prefix);

/// <summary>
/// Every metric that is served. What is not listed is not listened to and costs nothing; so names, labels and units are
/// decided here, whatever the instrument's owner calls them. <c>docs/operations.md</c> has the same rows.
/// </summary>
internal static class MetricCatalog
{
    private const string Hosting = "Microsoft.AspNetCore.Hosting";
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";
    private const string Storage = "Actors.Storage";
    private const string Runs = "Actors.Runs";
    private const string Runtime = "System.Runtime";

    private static readonly double[] Requests = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] Calls = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30];
    private static readonly double[] Disk = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];
    private static readonly double[] Starts = [0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.05, 0.1, 0.25, 1, 5];
    private static readonly double[] Sizes = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2000];

    private static readonly IReadOnlyList<MetricDefinition> OfEveryEngine =
    [
        // Requests
        Histogram("actors_http_request_duration_seconds", "Requests by route, from the first byte to the end of the answer; _count is the number of requests.", Hosting, "http.server.request.duration", Requests,
            new("method", "http.request.method"), new("route", "http.route"), new("status", "http.response.status_code")),
        Gauge("actors_http_requests_active", "Requests and connections of the hub that are being served.", Hosting, "http.server.active_requests"),
        Gauge("actors_http_connections", "Open connections of clients.", Kestrel, "kestrel.active_connections"),
        Counter("actors_http_connections_rejected_total", "Connections refused because there were too many.", Kestrel, "kestrel.rejected_connections"),

        // Journal and storage
        Counter("actors_storage_appends_total", "Appends to the journal answered, by status.", Storage, "actors.storage.appends", new MetricLabel("status", "status")),
        Histogram("actors_storage_group_appends", "Appends in one transaction; _count is the number of transactions.", Storage, "actors.storage.group.size", Sizes),
        Histogram("actors_storage_flush_duration_seconds", "Transactions of the journal, from start to commit.", Storage, "actors.storage.flush.duration", Disk),
        Histogram("actors_storage_read_duration_seconds", "Reads, failed ones included.", Storage, "actors.storage.read.duration", Disk),
        Gauge("actors_storage_queue_length", "Appends and other writes that wait for the writer.", Storage, "actors.storage.queue.length"),
        Counter("actors_storage_outages_total", "Times that storage was lost while writing.", Storage, "actors.storage.outages"),

        // Runs
        Histogram("actors_run_start_duration_seconds", "Starts of runs, from the arrival of the request to the first firing.", Runs, "actors.runs.start.duration", Starts),

        // Live
        Gauge("actors_live_connections", "Connections to the hub.", LiveInstruments.MeterName, LiveInstruments.Connections),
        Gauge("actors_live_streams", "Streams that are being sent: the watchers.", LiveInstruments.MeterName, LiveInstruments.Streams, new MetricLabel("kind", LiveInstruments.Kind)),
        Gauge("actors_live_feeds", "Grains that somebody here watches, each followed once.", LiveInstruments.MeterName, LiveInstruments.Feeds, new MetricLabel("kind", LiveInstruments.Kind)),
        Counter("actors_live_messages_received_total", "Messages from clients over the hub, pings included.", LiveInstruments.MeterName, LiveInstruments.Received),
        Counter("actors_live_messages_sent_total", "Messages to clients over the hub: frames of streams, and answers and all else.", LiveInstruments.MeterName, LiveInstruments.Sent, new MetricLabel("kind", LiveInstruments.Kind)),

        // Process
        Gauge("actors_info", "1, with the version that runs.", ProcessInstruments.MeterName, ProcessInstruments.Info, new MetricLabel("version", "version")),
        Gauge("actors_uptime_seconds", "Since the process began.", ProcessInstruments.MeterName, ProcessInstruments.Uptime),
        Counter("actors_process_cpu_seconds_total", "Processor time used, by mode.", Runtime, "dotnet.process.cpu.time", new MetricLabel("mode", "cpu.mode")),
        Gauge("actors_process_memory_bytes", "Memory of the process that is in RAM.", Runtime, "dotnet.process.memory.working_set"),
        Gauge("actors_process_processors", "Processors that may be used.", Runtime, "dotnet.process.cpu.count"),
        Counter("actors_gc_collections_total", "Garbage collections, by generation.", Runtime, "dotnet.gc.collections", new MetricLabel("generation", "gc.heap.generation")),
        Counter("actors_gc_pause_seconds_total", "Time that everything stood still for a garbage collection.", Runtime, "dotnet.gc.pause.time"),
        Counter("actors_gc_allocated_bytes_total", "Memory allocated by .NET code.", Runtime, "dotnet.gc.heap.total_allocated"),
        Gauge("actors_gc_heap_bytes", "The heap after the last collection, by generation.", Runtime, "dotnet.gc.last_collection.heap.size", new MetricLabel("generation", "gc.heap.generation")),
        Gauge("actors_thread_pool_threads", "Threads of the pool.", Runtime, "dotnet.thread_pool.thread.count"),
        Gauge("actors_thread_pool_queue_length", "Work that waits for a thread.", Runtime, "dotnet.thread_pool.queue.length"),
        Counter("actors_thread_pool_items_total", "Work done by the pool.", Runtime, "dotnet.thread_pool.work_item.count"),
        Counter("actors_lock_contentions_total", "Times that a thread waited for a lock.", Runtime, "dotnet.monitor.lock_contentions"),
        Counter("actors_exceptions_total", "Exceptions thrown, handled ones included.", Runtime, "dotnet.exceptions", new MetricLabel("type", "error.type")),
    ];

    public static IReadOnlyList<MetricDefinition> For(EngineMeter engine) =>
    [
        .. OfEveryEngine,
        Histogram("actors_grain_call_duration_seconds", "Grain calls, from sending to the end; _count is the number of calls.", engine.Meter, engine.Prefix + "call.duration", Calls,
            new("interface", "interface"), new("method", "method")),
        Counter("actors_grain_call_timeouts_total", "Grain calls whose caller gave up.", engine.Meter, engine.Prefix + "call.timeouts"),
        Gauge("actors_grain_activations", "Activations alive, by class of grain.", engine.Meter, engine.Prefix + "activations.live", new MetricLabel("grain", "grain")),
        Counter("actors_grain_activations_total", "Activations begun.", engine.Meter, engine.Prefix + "activations"),
        Counter("actors_grain_deactivations_total", "Activations ended, by reason.", engine.Meter, engine.Prefix + "deactivations", new MetricLabel("reason", "reason")),
        Gauge("actors_grain_requests_pending", "Calls queued or running at grains.", engine.Meter, engine.Prefix + "requests.pending"),
    ];

    private static MetricDefinition Counter(string name, string help, string meter, string instrument, params MetricLabel[] labels) =>
        new(name, MetricKind.Counter, help, meter, instrument, labels);

    private static MetricDefinition Gauge(string name, string help, string meter, string instrument, params MetricLabel[] labels) =>
        new(name, MetricKind.Gauge, help, meter, instrument, labels);

    private static MetricDefinition Histogram(string name, string help, string meter, string instrument, double[] buckets, params MetricLabel[] labels) =>
        new(name, MetricKind.Histogram, help, meter, instrument, labels, buckets);
}
