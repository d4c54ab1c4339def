namespace Actors.Frontend.Tests.Roles;

/// <summary>What to send beside the path.</summary>
/// <param name="Path">Parameters of the path that are others than those of <see cref="OperationRows.PathValues"/>.</param>
/// <param name="As">Who asks instead of the actor, where the request would spend what the actor still needs.</param>
/// <param name="Bytes">A body that is no text; it is sent instead of <paramref name="Body"/>.</param>
public sealed record Call(
    string? Body = null,
    string Query = "",
    string ContentType = "application/json",
    IReadOnlyList<(string Name, string Value)>? Headers = null,
    IReadOnlyDictionary<string, string>? Path = null,
    string? As = null,
    byte[]? Bytes = null);

/// <summary>How to make a valid request of one operation, and for whom its role does not tell the outcome.</summary>
/// <param name="Otherwise">Outcomes that do not follow from <c>x-role</c>, each with its reason beside it.</param>
public sealed record Row(Func<Scene, Actor, Task<Call>> Make, IReadOnlyDictionary<Actor, Outcome>? Otherwise = null);
