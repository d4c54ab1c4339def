namespace Actors.Components.Services;

/// <summary>
/// The project's secrets. A component writes a reference into its properties and resolves it inside an effect, so that no
/// token, log or journal ever holds the value.
/// </summary>
public interface IRunSecrets
{
    /// <summary>The secret's value; null when the project has none of that name.</summary>
    ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken);
}
