using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain.Notifications;
using Actors.Domain.Rooms;
using Actors.Grains.Interfaces.Comments;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Interfaces.Rooms;

namespace Actors.Frontend.Live;

/// <summary>Writes the frames of a room's stream, each once for all who are sent it.</summary>
internal static class RoomFrames
{
    public static LiveFrame State(
        long sequence,
        IEnumerable<Participant> participants,
        IEnumerable<Cursor> cursors,
        IEnumerable<ChatMessage> messages) => Write("state"u8, writer =>
        {
            writer.WriteNumber("sequence"u8, sequence);
            WriteArray(writer, "participants"u8, participants, WriteParticipant);
            WriteArray(writer, "cursors"u8, cursors, WriteCursor);
            WriteArray(writer, "messages"u8, messages, WriteMessage);
        });

    public static LiveFrame Presence(ImmutableArray<Participant> joined, ImmutableArray<string> left) => Write("presence"u8, writer =>
    {
        WriteArray(writer, "joined"u8, joined, WriteParticipant);
        WriteArray(writer, "left"u8, left, static (writer, id) => writer.WriteStringValue(id));
    });

    public static LiveFrame Cursors(IEnumerable<Cursor> cursors) =>
        Write("cursors"u8, writer => WriteArray(writer, "cursors"u8, cursors, WriteCursor));

    public static LiveFrame Messages(IEnumerable<ChatMessage> messages) =>
        Write("messages"u8, writer => WriteArray(writer, "messages"u8, messages, WriteMessage));

    public static LiveFrame Notifications(ImmutableArray<Notification> notifications) => Write("notifications"u8, writer => WriteArray(
        writer,
        "notifications"u8,
        notifications,
        static (writer, notification) => JsonSerializer.Serialize(writer, notification, NotificationsJsonContext.Default.Notification)));

    public static LiveFrame Comments(CommentsChange change) => Write("comments"u8, writer =>
    {
        writer.WriteString("designId"u8, change.DesignId);
        writer.WriteNumber("version"u8, change.Version);
        WriteArray(writer, "threads"u8, change.Threads, static (writer, thread) => JsonSerializer.Serialize(writer, thread, CommentsJsonContext.Default.CommentThread));
        WriteArray(writer, "removed"u8, change.Removed, static (writer, id) => writer.WriteStringValue(id));
    });

    /// <summary>Comments may have changed unseen: clients ask for what changed since the version that they have.</summary>
    public static LiveFrame MissedComments() => Write("comments"u8, static writer => writer.WriteBoolean("missed"u8, true));

    private static LiveFrame Write(ReadOnlySpan<byte> kind, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("kind"u8, kind);
        content(writer);
        writer.WriteEndObject();
        writer.Flush();
        return new LiveFrame(buffer.WrittenMemory);
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteParticipant(Utf8JsonWriter writer, Participant participant) =>
        JsonSerializer.Serialize(writer, participant, RoomsJsonContext.Default.Participant);

    private static void WriteCursor(Utf8JsonWriter writer, Cursor cursor) =>
        JsonSerializer.Serialize(writer, cursor, RoomsJsonContext.Default.Cursor);

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message) =>
        JsonSerializer.Serialize(writer, message, RoomsJsonContext.Default.ChatMessage);
}
