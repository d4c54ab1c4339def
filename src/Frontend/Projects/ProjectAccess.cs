using Actors.Domain.Projects;
using Actors.Frontend.Http;
using Actors.Grains.Interfaces.Projects;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Actors.Frontend.Projects;

internal sealed partial class ProjectAccess : IProjectAccess, IAsyncDisposable
{
    private readonly LiveValues<ProjectRoster> _rosters;
    private readonly IGrainFactory _grains;
    private readonly ILogger _logger;

    public ProjectAccess(IGrainFactory grains, TimeProvider time, ILogger<ProjectAccess> logger)
    {
        _grains = grains;
        _logger = logger;
        _rosters = new LiveValues<ProjectRoster>(
            (projectId, cancellationToken) => grains.GetGrain<IProjectGrain>(projectId).WatchRoster(cancellationToken), time, logger);
    }

    public async ValueTask<ProjectRole?> GetRoleAsync(string accountId, string projectId, CancellationToken cancellationToken)
    {
        if (_rosters.Current(projectId) is { } roster && RoleIn(roster, accountId) is { } known)
            return known;

        // A roster may be older than the membership, so a "no" always comes from the grain. Only a member makes us watch:
        // a stranger who tries identifiers shall not fill the memory with subscriptions.
        var role = await _grains.GetGrain<IProjectGrain>(projectId).GetRole(accountId).WaitAsync(cancellationToken);
        if (role is not null)
            _rosters.Start(projectId);

        return role;
    }

    public IDisposable Subscribe(string projectId, string accountId, Action<ProjectRole?> changed)
    {
        var watch = new RoleWatch(changed);
        return _rosters.Subscribe(projectId, roster =>
        {
            if (RoleIn(roster, accountId) is { } role)
                watch.Report(roster.Version, role);
            else
                _ = ConfirmAsync(projectId, accountId, roster.Version, watch);
        });
    }

    public void Invalidate(string projectId) => _rosters.Invalidate(projectId);

    public ValueTask DisposeAsync() => _rosters.DisposeAsync();

    private async Task ConfirmAsync(string projectId, string accountId, long version, RoleWatch watch)
    {
        try
        {
            if (await _grains.GetGrain<IProjectGrain>(projectId).GetRole(accountId) is null)
                watch.Report(version, null);
        }
        catch (Exception exception)
        {
            // Fail closed: whoever the newest roster does not name must not go on reading because a grain is slow.
            LogNotConfirmed(_logger, exception, projectId);
            watch.Report(version, null);
        }
    }

    private static ProjectRole? RoleIn(ProjectRoster roster, string accountId)
    {
        foreach (var member in roster.Members)
        {
            if (member.AccountId == accountId)
                return member.Role;
        }

        return null;
    }

    [LoggerMessage(EventId = 3301, Level = LogLevel.Warning, Message = "Whether a member left {ProjectId} could not be asked; they are treated as gone.")]
    private static partial void LogNotConfirmed(ILogger logger, Exception exception, string projectId);

    /// <summary>Reports each role once, and none that is older than one already reported.</summary>
    private sealed class RoleWatch(Action<ProjectRole?> changed)
    {
        private readonly Lock _lock = new();
        private long _version = -1;
        private ProjectRole? _role;

        public void Report(long version, ProjectRole? role)
        {
            lock (_lock)
            {
                if (version < _version || (_version >= 0 && role == _role))
                    return;

                _version = version;
                _role = role;
                changed(role);
            }
        }
    }
}
