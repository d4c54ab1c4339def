namespace Actors.Components.Services;

/// <summary>The room of the run's project.</summary>
public interface IRunRoom
{
    /// <summary>Tells people; an id that was told before is not told again.</summary>
    ValueTask NotifyAsync(EffectId id, RunNotification notification, CancellationToken cancellationToken);
}

/// <param name="Level"><c>info</c>, <c>success</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Accounts">Who is told; everyone when empty.</param>
public sealed record RunNotification(string Level, string? Title, string Message, IReadOnlyList<string> Accounts);
