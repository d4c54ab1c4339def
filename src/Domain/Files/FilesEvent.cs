using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Actors.Domain.Files;

/// <summary>What happened to a project's files, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Written), "written")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Cleared), "cleared")]
public abstract record FilesEvent(DateTimeOffset At, string By)
{
    /// <param name="Kept">Versions kept of each file. It is part of what happened: a journal replays alike whatever the limits are then.</param>
    public sealed record Written(DateTimeOffset At, string By, ImmutableArray<WrittenFile> Files, int Kept) : FilesEvent(At, By);

    public sealed record Removed(DateTimeOffset At, string By, ImmutableArray<string> Paths) : FilesEvent(At, By);

    /// <summary>Versions go along; the newest is numbered anew, so that no path ever shows two contents under one number.</summary>
    public sealed record Moved(DateTimeOffset At, string By, ImmutableArray<MovedFile> Files) : FilesEvent(At, By);

    public sealed record Cleared(DateTimeOffset At, string By) : FilesEvent(At, By);
}

/// <inheritdoc cref="FilesEvent.Written"/>
public sealed record WrittenFile(string Path, StoredContent Content, string ContentType, string? Language);

/// <inheritdoc cref="FilesEvent.Moved"/>
public sealed record MovedFile(string From, string To);
