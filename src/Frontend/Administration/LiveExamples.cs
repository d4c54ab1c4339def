using Actors.Frontend.Documentation;

namespace Actors.Frontend.Administration;

internal static class LiveExamples
{
    public const string Summary = """
        {
          "connections": 3, "accounts": 2, "streams": {"design": 2, "inbox": 0, "room": 3, "run": 0, "validation": 1},
          "feeds": {"designs": 1, "rooms": 1, "inboxes": 2}, "messagesReceived": 120, "framesSent": 2400, "answersSent": 118
        }
        """;

    public const string Room = $$"""{"projectId":"{{ExampleIds.Project}}","connections":3,"people":2}""";

    public const string Connection = $$"""
        {"id":"x7Yk2f","accountId":"{{ExampleIds.Account}}","name":"Ada","connectedAt":"{{ExampleIds.At}}","streams":2,"framesSent":840}
        """;
}
