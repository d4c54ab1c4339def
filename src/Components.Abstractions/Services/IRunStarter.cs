namespace Actors.Components.Services;

/// <summary>Starts other runs of the same project, for components that wait for their end.</summary>
public interface IRunStarter
{
    /// <summary>
    /// Starts a run of a design; a wait whose run was started before is not started again. When it ends, the wait is
    /// answered with <c>{status, outputs, error?}</c>.
    /// </summary>
    ValueTask StartRunAsync(OutsideWait wait, string designId, long? revision, IReadOnlyDictionary<string, IReadOnlyList<Token>> inputs, CancellationToken cancellationToken);
}
