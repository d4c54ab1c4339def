using Actors.Domain.Projects;

namespace Actors.Frontend.Projects;

/// <summary>Who may do what in a project, answered from memory: one subscription per project in use keeps the roles live.</summary>
public interface IProjectAccess
{
    /// <summary>The role of an account; null when it is no member or there is no such project.</summary>
    ValueTask<ProjectRole?> GetRoleAsync(string accountId, string projectId, CancellationToken cancellationToken);

    /// <summary>
    /// Calls back with the role as soon as it is known, then whenever it changes; null when the account is no member (any
    /// more) or the project was deleted. The callback must not block.
    /// </summary>
    IDisposable Subscribe(string projectId, string accountId, Action<ProjectRole?> changed);

    /// <summary>Forgets what is known of a project, so that whoever just changed its members meets the new roles.</summary>
    void Invalidate(string projectId);
}
