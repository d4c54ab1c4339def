using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using UiComponentsDecision = Actors.Domain.Decision<Actors.Domain.UiComponents.UiComponentsState, Actors.Domain.UiComponents.UiComponentsEvent>;

namespace Actors.Domain.UiComponents;

/// <summary>What can be asked of a project's components. The shell has checked that <paramref name="By"/> may edit in the project.</summary>
public abstract record UiComponentsCommand(DateTimeOffset At, string By, string Id)
{
    public sealed record Create(DateTimeOffset At, string By, string Id, UiComponentDefinition Definition) : UiComponentsCommand(At, By, Id);

    /// <param name="ExpectedVersion">The version that the writer saw (If-Match); null writes whatever it is.</param>
    public sealed record Replace(DateTimeOffset At, string By, string Id, UiComponentDefinition Definition, long? ExpectedVersion) : UiComponentsCommand(At, By, Id);

    public sealed record Remove(DateTimeOffset At, string By, string Id, long? ExpectedVersion) : UiComponentsCommand(At, By, Id);
}

/// <summary>What happened to a project's components, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Written), "written")]
[JsonDerivedType(typeof(Removed), "removed")]
public abstract record UiComponentsEvent(DateTimeOffset At, string By, string Id)
{
    public sealed record Written(DateTimeOffset At, string By, string Id, UiComponentDefinition Definition) : UiComponentsEvent(At, By, Id);

    public sealed record Removed(DateTimeOffset At, string By, string Id) : UiComponentsEvent(At, By, Id);
}

/// <summary>The components of one project by id. What is here was checked as a whole when it was written.</summary>
/// <remarks>
/// Designs may hold nodes of a component that was removed, or that were made before it was changed: they stay, are drawn as boxes,
/// and validation finds them.
/// </remarks>
public sealed record UiComponentsState(ImmutableSortedDictionary<string, UiComponent> Components)
{
    public const int Maximum = 100;

    public static readonly UiComponentsState None = new(ImmutableSortedDictionary.Create<string, UiComponent>(StringComparer.Ordinal));

    public UiComponentsDecision Decide(UiComponentsCommand command) => command switch
    {
        UiComponentsCommand.Create c => Create(c),
        _ when !Components.TryGetValue(command.Id, out _) => UiComponentsDecision.Refused(Missing(command.Id)),
        UiComponentsCommand.Replace c => RefuseVersion(c.Id, c.ExpectedVersion) is { } changed ? UiComponentsDecision.Refused(changed) : Write(c, c.Definition),
        UiComponentsCommand.Remove c => RefuseVersion(c.Id, c.ExpectedVersion) is { } changed
            ? UiComponentsDecision.Refused(changed)
            : Happened(new UiComponentsEvent.Removed(c.At, c.By, c.Id)),
        _ => throw new UnreachableException($"unknown component command {command.GetType().Name}"),
    };

    /// <summary>The state after <paramref name="event"/>. Total: every event that was ever journalled applies.</summary>
    public UiComponentsState Apply(UiComponentsEvent @event) => @event switch
    {
        UiComponentsEvent.Written e => new UiComponentsState(Components.SetItem(e.Id, Components.TryGetValue(e.Id, out var before)
            ? before with { Version = before.Version + 1, Definition = e.Definition, UpdatedAt = e.At, UpdatedBy = e.By }
            : new UiComponent(e.Id, 1, e.Definition, e.At, e.By, e.At, e.By))),
        UiComponentsEvent.Removed e => new UiComponentsState(Components.Remove(e.Id)),
        _ => throw new UnreachableException($"unknown component event {@event.GetType().Name}"),
    };

    private static Refusal Missing(string id) => new(ErrorCodes.NotFound, $"the project has no component '{id}'");

    private UiComponentsDecision Create(UiComponentsCommand.Create command)
    {
        if (UiComponentId.Check(command.Id) is { } invalid)
            return UiComponentsDecision.Refused(invalid);

        if (Components.ContainsKey(command.Id))
            return UiComponentsDecision.Refused(new Refusal(ErrorCodes.ComponentExists, $"id: the project has a component '{command.Id}' already"));

        return Components.Count >= Maximum
            ? UiComponentsDecision.Refused(new Refusal(ErrorCodes.LimitReached, $"a project has at most {Maximum} components of its own"))
            : Write(command, command.Definition);
    }

    private UiComponentsDecision Write(UiComponentsCommand command, UiComponentDefinition definition)
    {
        var version = Components.TryGetValue(command.Id, out var before) ? before.Version + 1 : 1;
        return UiComponentCompiler.Compile(command.Id, version, definition).Refusal is { } wrong
            ? UiComponentsDecision.Refused(wrong)
            : Happened(new UiComponentsEvent.Written(command.At, command.By, command.Id, definition));
    }

    private Refusal? RefuseVersion(string id, long? expected) => expected is null || expected == Components[id].Version
        ? null
        : new Refusal(ErrorCodes.PreconditionFailed, "the component has changed since it was read");

    private UiComponentsDecision Happened(UiComponentsEvent @event) => UiComponentsDecision.Happened(@event, Apply(@event));
}
