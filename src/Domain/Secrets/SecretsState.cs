using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using SecretsDecision = Actors.Domain.Decision<Actors.Domain.Secrets.SecretsState, Actors.Domain.Secrets.SecretsEvent>;

namespace Actors.Domain.Secrets;

/// <summary>A secret of a project. Its value is here only as it was sealed.</summary>
/// <param name="Version">How often it was set, from 1.</param>
public sealed record Secret(string Name, string Sealed, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string UpdatedBy);

/// <summary>A secret that was sealed anew, by a newer key, without being changed.</summary>
/// <param name="Version">The version whose value it is.</param>
public sealed record ResealedSecret(string Name, long Version, string Sealed);

/// <summary>What can be asked of a project's secrets. The shell has checked the role, and seals.</summary>
public abstract record SecretsCommand(DateTimeOffset At, string By)
{
    /// <param name="Resealed">Other secrets that an older key had sealed.</param>
    /// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record Set(
        DateTimeOffset At, string By, string Name, string Sealed, ImmutableArray<ResealedSecret> Resealed, long? ExpectedVersion = null) : SecretsCommand(At, By);

    /// <param name="ExpectedVersion">As of <see cref="Set"/>.</param>
    public sealed record Remove(DateTimeOffset At, string By, string Name, long? ExpectedVersion = null) : SecretsCommand(At, By);
}

/// <summary>What happened to a project's secrets, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(WasSet), "set")]
[JsonDerivedType(typeof(Removed), "removed")]
public abstract record SecretsEvent(DateTimeOffset At, string By)
{
    public sealed record WasSet(DateTimeOffset At, string By, string Name, string Sealed, ImmutableArray<ResealedSecret> Resealed) : SecretsEvent(At, By);

    public sealed record Removed(DateTimeOffset At, string By, string Name) : SecretsEvent(At, By);
}

/// <summary>The secrets of one project by name. Neither state nor events ever hold a value that could be read without the installation's key.</summary>
public sealed record SecretsState(ImmutableSortedDictionary<string, Secret> Secrets)
{
    public const int Maximum = 200;
    public const int MaximumNameLength = 100;

    /// <summary>Of a value, as UTF-8.</summary>
    public const int MaximumValueBytes = 32 * 1024;

    public static readonly SecretsState None = new(ImmutableSortedDictionary.Create<string, Secret>(StringComparer.Ordinal));

    public static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such secret");

    /// <summary>The refusal of a name that cannot be one.</summary>
    public static Refusal? CheckName(string? name) =>
        name is { Length: > 0 and <= MaximumNameLength }
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.')
            ? null
            : Refusal.Field("name", $"must have 1 to {MaximumNameLength} letters, digits and any of _ - . and begin with a letter or _");

    public SecretsDecision Decide(SecretsCommand command) => command switch
    {
        SecretsCommand.Set c => Set(c),
        SecretsCommand.Remove c when !Secrets.ContainsKey(c.Name) => SecretsDecision.Refused(Missing),
        SecretsCommand.Remove c when RefuseVersion(c.Name, c.ExpectedVersion) is { } refusal => SecretsDecision.Refused(refusal),
        SecretsCommand.Remove c => Happened(new SecretsEvent.Removed(c.At, c.By, c.Name)),
        _ => throw new UnreachableException($"unknown secrets command {command.GetType().Name}"),
    };

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public SecretsState Apply(SecretsEvent @event) => @event switch
    {
        SecretsEvent.WasSet e => new SecretsState(
            Secrets.SetItems(e.Resealed.Select(again => KeyValuePair.Create(again.Name, Secrets[again.Name] with { Sealed = again.Sealed })))
                .SetItem(e.Name, After(e))),
        SecretsEvent.Removed e => new SecretsState(Secrets.Remove(e.Name)),
        _ => throw new UnreachableException($"unknown secrets event {@event.GetType().Name}"),
    };

    private SecretsDecision Set(SecretsCommand.Set command)
    {
        if ((CheckName(command.Name) ?? RefuseVersion(command.Name, command.ExpectedVersion)) is { } refusal)
            return SecretsDecision.Refused(refusal);

        if (!Secrets.ContainsKey(command.Name) && Secrets.Count >= Maximum)
            return SecretsDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"a project has at most {Maximum} secrets"));

        // What was set or removed since it was sealed anew stays as it is.
        var resealed = command.Resealed.Where(again =>
            again.Name != command.Name && Secrets.TryGetValue(again.Name, out var secret) && secret.Version == again.Version);
        return Happened(new SecretsEvent.WasSet(command.At, command.By, command.Name, command.Sealed, [.. resealed]));
    }

    private Refusal? RefuseVersion(string name, long? expected) => expected is null || Secrets.GetValueOrDefault(name)?.Version == expected
        ? null
        : new Refusal(ErrorCodes.PreconditionFailed, "the secret has changed since it was read");

    private Secret After(SecretsEvent.WasSet e) => Secrets.TryGetValue(e.Name, out var before)
        ? before with { Sealed = e.Sealed, Version = before.Version + 1, UpdatedAt = e.At, UpdatedBy = e.By }
        : new Secret(e.Name, e.Sealed, 1, e.At, e.At, e.By);

    private SecretsDecision Happened(SecretsEvent @event) => SecretsDecision.Happened(@event, Apply(@event));
}
