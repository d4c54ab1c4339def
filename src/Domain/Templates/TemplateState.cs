using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using TemplateDecision = Actors.Domain.Decision<Actors.Domain.Templates.TemplateState, Actors.Domain.Templates.TemplateEvent>;

namespace Actors.Domain.Templates;

/// <summary>What can be asked of a project's template. The shell has checked that <paramref name="By"/> may edit in the project.</summary>
public abstract record TemplateCommand(DateTimeOffset At, string By)
{
    public sealed record Create(
        DateTimeOffset At, string By, string Id, string ProjectId, string? Name, string? Description, string? Category, TemplateContents Contents) : TemplateCommand(At, By);

    /// <param name="Name">Null keeps the name.</param>
    /// <param name="SetsDescription">Whether the description is set, to null as well; otherwise it is kept.</param>
    /// <param name="SetsCategory">As <paramref name="SetsDescription"/>.</param>
    /// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record Change(
        DateTimeOffset At, string By, string? Name, bool SetsDescription, string? Description, bool SetsCategory, string? Category, long? ExpectedVersion)
        : TemplateCommand(At, By);

    public sealed record Delete(DateTimeOffset At, string By, long? ExpectedVersion) : TemplateCommand(At, By);
}

/// <summary>What happened to a template, as its journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Changed), "changed")]
[JsonDerivedType(typeof(Deleted), "deleted")]
public abstract record TemplateEvent(DateTimeOffset At, string By)
{
    public sealed record Created(
        DateTimeOffset At, string By, string Id, string ProjectId, string Name, string? Description, string? Category, TemplateContents Contents) : TemplateEvent(At, By);

    public sealed record Changed(DateTimeOffset At, string By, string Name, string? Description, string? Category) : TemplateEvent(At, By);

    public sealed record Deleted(DateTimeOffset At, string By) : TemplateEvent(At, By);
}

/// <summary>A project's template as its events made it. <see cref="None"/> is the one that was never created.</summary>
/// <param name="Version">How many events made it.</param>
/// <param name="Contents">Null when there is no such template (any more).</param>
public sealed record TemplateState(
    long Version,
    string Id,
    string ProjectId,
    string Name,
    string? Description,
    string? Category,
    TemplateContents? Contents,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public const int MaximumNameLength = 200;
    public const int MaximumDescriptionLength = 4_000;
    public const int MaximumCategoryLength = 50;

    public static readonly TemplateState None = new(0, "", "", "", null, null, null, "", default, default);

    private static readonly Refusal Missing = new(ErrorCodes.NotFound, "there is no such template");

    public TemplateDecision Decide(TemplateCommand command) => command switch
    {
        TemplateCommand.Create when Version > 0 => TemplateDecision.Refused(new Refusal(ErrorCodes.PreconditionFailed, "the template exists already")),
        TemplateCommand.Create c => Check(c.Name, c.Description, c.Category) is { } refusal
            ? TemplateDecision.Refused(refusal)
            : Happened(new TemplateEvent.Created(c.At, c.By, c.Id, c.ProjectId, c.Name!.Trim(), c.Description, c.Category, c.Contents)),
        _ when Contents is null => TemplateDecision.Refused(Missing),
        TemplateCommand.Change c => Change(c),
        TemplateCommand.Delete c => RefuseVersion(c.ExpectedVersion) is { } refusal
            ? TemplateDecision.Refused(refusal)
            : Happened(new TemplateEvent.Deleted(c.At, c.By)),
        _ => throw new UnreachableException($"unknown template command {command.GetType().Name}"),
    };

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public TemplateState Apply(TemplateEvent @event) => @event switch
    {
        TemplateEvent.Created e => new TemplateState(Version + 1, e.Id, e.ProjectId, e.Name, e.Description, e.Category, e.Contents, e.By, e.At, e.At),
        TemplateEvent.Changed e => this with { Version = Version + 1, Name = e.Name, Description = e.Description, Category = e.Category, UpdatedAt = e.At },
        TemplateEvent.Deleted e => this with { Version = Version + 1, Contents = null, UpdatedAt = e.At },
        _ => throw new UnreachableException($"unknown template event {@event.GetType().Name}"),
    };

    /// <summary>Only for a template that exists.</summary>
    public TemplateView ToView() => new(
        Id, ProjectId, Name, Description, Category, Contents!.Kind, Contents.Nodes.Length, Contents.Connections.Length, TemplateView.PreviewOf(Id), CreatedBy, CreatedAt, UpdatedAt, Version);

    private static Refusal? Check(string? name, string? description, string? category)
    {
        var errors = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        if (name?.Trim() is not { Length: > 0 and <= MaximumNameLength } || name.Any(char.IsControl))
            errors = errors.Add("name", [$"must have 1 to {MaximumNameLength} characters and no control characters"]);

        if (description?.Length > MaximumDescriptionLength)
            errors = errors.Add("description", [$"must have at most {MaximumDescriptionLength} characters"]);

        if (category is not null && (category.Length is 0 or > MaximumCategoryLength || category.Any(char.IsControl)))
            errors = errors.Add("category", [$"must have 1 to {MaximumCategoryLength} characters and no control characters"]);

        return errors.IsEmpty
            ? null
            : new Refusal(
                ErrorCodes.ValidationFailed,
                string.Join("; ", errors.OrderBy(error => error.Key, StringComparer.Ordinal).Select(error => $"{error.Key}: {error.Value[0]}")),
                Errors: errors);
    }

    private Refusal? RefuseVersion(long? expected) =>
        expected is null || expected == Version ? null : new Refusal(ErrorCodes.PreconditionFailed, "the template has changed since it was read");

    private TemplateDecision Change(TemplateCommand.Change command)
    {
        var name = (command.Name ?? Name).Trim();
        var description = command.SetsDescription ? command.Description : Description;
        var category = command.SetsCategory ? command.Category : Category;
        if ((RefuseVersion(command.ExpectedVersion) ?? Check(name, description, category)) is { } refusal)
            return TemplateDecision.Refused(refusal);

        return name == Name && description == Description && category == Category
            ? TemplateDecision.Nothing
            : Happened(new TemplateEvent.Changed(command.At, command.By, name, description, category));
    }

    private TemplateDecision Happened(TemplateEvent @event) => TemplateDecision.Happened(@event, Apply(@event));
}
