namespace Actors.Frontend.Operations.Health;

internal static class HealthExamples
{
    public const string Live = """{"status":"live"}""";

    public const string Ready = """{"status":"ready"}""";

    public const string About = """
        {"name":"Actors","version":"0.1.0","api":"/api/v1","openApi":"/openapi/v1.json","docs":"/docs","live":"/hubs/collaboration","ready":"/health/ready"}
        """;

    public const string Report = """
        {
          "status": "ok", "version": "0.1.0", "startedAt": "2026-11-20T08:00:00Z", "uptimeSeconds": 3600.5,
          "storage": {"status": "ok", "reason": null, "provider": "SQLite", "readSeconds": 0.0004, "writeSeconds": 0.0031, "probedAt": "2026-11-20T09:00:00Z"},
          "journal": {"status": "ok", "reason": null, "pending": 0, "maximumPending": 50000, "lagSeconds": 0.0031},
          "grains": {"status": "ok", "reason": null, "activations": 3, "byType": {"AccountGrain": 1, "DesignGrain": 2}},
          "live": {"status": "ok", "reason": null, "connections": 2, "streams": 4, "designFeeds": 1, "roomFeeds": 1, "inboxFeeds": 2},
          "process": {"status": "ok", "reason": null, "memoryBytes": 180000000, "heapBytes": 40000000, "memoryLimitBytes": 8000000000, "threadPoolThreads": 8, "threadPoolQueue": 0}
        }
        """;
}
