using System.Collections.Immutable;
using System.Diagnostics;
using VersionDecision = Actors.Domain.Decision<Actors.Domain.Versions.VersionsState, Actors.Domain.Versions.VersionEvent>;

namespace Actors.Domain.Versions;

/// <summary>The versions of one design.</summary>
/// <param name="Versions">In the ordinal order of their ids, which is the order in which they were made.</param>
/// <param name="HasEnded">The design is gone, and nothing can be added any more.</param>
public sealed record VersionsState(ImmutableSortedDictionary<string, DesignVersion> Versions, bool HasEnded)
{
    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "There is no such version.");

    public static VersionsState None { get; } = new(ImmutableSortedDictionary.Create<string, DesignVersion>(StringComparer.Ordinal), false);

    public DesignVersion? Find(string id) => Versions.GetValueOrDefault(id);

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public VersionsState Apply(VersionEvent @event) => @event switch
    {
        VersionEvent.Created e => this with { Versions = Versions.RemoveRange(e.Dropped).SetItem(e.Version.Id, e.Version) },
        VersionEvent.Changed e => this with { Versions = Versions.SetItem(e.Version.Id, e.Version) },
        VersionEvent.Deleted e => this with { Versions = Versions.Remove(e.Id) },
        VersionEvent.Ended => this with { Versions = Versions.Clear(), HasEnded = true },
        _ => throw new UnreachableException($"unknown version event {@event.GetType().Name}"),
    };

    public VersionDecision Decide(VersionCommand command, VersionLimits limits) => command switch
    {
        VersionCommand.End => HasEnded ? VersionDecision.Nothing : Happened(new VersionEvent.Ended()),
        _ when HasEnded => VersionDecision.Refused(new Refusal(ErrorCodes.Deleted, "The design was deleted.")),
        VersionCommand.Create c => Create(c, limits),
        VersionCommand.Change c => Change(c, limits),
        VersionCommand.Delete c => Check(c.Id, c.ExpectedUpdate, out _) is { } refusal
            ? VersionDecision.Refused(refusal)
            : Happened(new VersionEvent.Deleted(c.Id)),
        VersionCommand.Checkpoint c => Checkpoint(c, limits),
        _ => throw new UnreachableException($"unknown version command {command.GetType().Name}"),
    };

    private VersionDecision Create(VersionCommand.Create command, VersionLimits limits)
    {
        var name = command.Name?.Trim();
        if ((CheckName(name) ?? CheckDescription(command.Description) ?? CheckCount(limits)) is { } refusal)
        {
            return VersionDecision.Refused(refusal);
        }

        return Happened(new VersionEvent.Created(
            new DesignVersion
            {
                Id = command.Id,
                DesignId = command.DesignId,
                Kind = VersionKind.Named,
                Name = name,
                Description = command.Description,
                Revision = command.Revision,
                CreatedBy = command.By,
                CreatedAt = command.At,
                UpdatedAt = command.At,
            },
            []));
    }

    private VersionDecision Change(VersionCommand.Change command, VersionLimits limits)
    {
        var name = command.Name?.Trim();
        var refusal = Check(command.Id, command.ExpectedUpdate, out var version)
            ?? (name is null ? null : CheckName(name))
            ?? (command.SetsDescription ? CheckDescription(command.Description) : null)
            ?? (name is not null && version is { Kind: VersionKind.Automatic } ? CheckCount(limits) : null);
        if (refusal is not null)
        {
            return VersionDecision.Refused(refusal);
        }

        var changed = version! with
        {
            Kind = name is null ? version.Kind : VersionKind.Named,
            Name = name ?? version.Name,
            Description = command.SetsDescription ? command.Description : version.Description,
        };
        return changed == version ? VersionDecision.Nothing : Happened(new VersionEvent.Changed(changed with { UpdatedAt = command.At }));
    }

    private VersionDecision Checkpoint(VersionCommand.Checkpoint command, VersionLimits limits)
    {
        if (Versions.Values.Any(version => version.Kind == VersionKind.Automatic && version.Revision >= command.Revision))
        {
            return VersionDecision.Nothing;
        }

        var version = new DesignVersion
        {
            Id = command.Id,
            DesignId = command.DesignId,
            Kind = VersionKind.Automatic,
            Revision = command.Revision,
            CreatedAt = command.At,
            UpdatedAt = command.At,
        };
        var automatic = Versions.Values.Where(other => other.Kind == VersionKind.Automatic).Append(version);
        return Happened(new VersionEvent.Created(version, CheckpointRetention.Drop(automatic, limits.Automatic, command.At)));
    }

    private Refusal? Check(string id, long? expectedUpdate, out DesignVersion? version)
    {
        version = Find(id);
        return version is null ? Missing
            : expectedUpdate is { } expected && expected != version.UpdatedAt.UtcTicks
                ? new Refusal(ErrorCodes.PreconditionFailed, "The version has changed since it was read.")
                : null;
    }

    private Refusal? CheckCount(VersionLimits limits) => Versions.Values.Count(version => version.Kind == VersionKind.Named) >= limits.Named
        ? new Refusal(ErrorCodes.LimitReached, $"versions: a design has at most {limits.Named} named versions")
        : null;

    private static Refusal? CheckName(string? name) => name is null or "" || name.Length > VersionLimits.NameLength
        ? Refusal.Field("name", $"must have 1 to {VersionLimits.NameLength} characters")
        : null;

    private static Refusal? CheckDescription(string? description) => description?.Length > VersionLimits.DescriptionLength
        ? Refusal.Field("description", $"must have at most {VersionLimits.DescriptionLength} characters")
        : null;

    private VersionDecision Happened(VersionEvent @event) => VersionDecision.Happened(@event, Apply(@event));
}
