using System.Runtime.CompilerServices;
using Actors.Domain.Designs;
using Actors.Domain.Validation;
using Actors.Grains.EventSourcing;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Validation;
using Actors.Grains.Projects;
using Actors.Grains.UiComponents;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Concurrency;
using ProjectCatalog = Actors.Domain.UiComponents.ProjectCatalog;

namespace Actors.Grains.Validation;

/// <inheritdoc cref="IDesignValidationGrain"/>
[Reentrant]
[GrainType("design-validation")]
internal sealed partial class DesignValidationGrain(ProjectCatalogs catalogs, EnabledComponents enabled, TimeProvider time, ILogger<DesignValidationGrain> logger)
    : Grain, IDesignValidationGrain, IDisposable
{
    /// <summary>Results that may wait for one watcher, who is handed only the last.</summary>
    private const int WatcherQueue = 64;

    /// <summary>Of the time, at most a fifth is spent on validating a large design that is being edited.</summary>
    private const int RestPerWork = 4;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(250);

    private readonly Watchers<DesignFindings> _watchers = new(WatcherQueue);
    private CancellationTokenSource? _following;
    private DesignState? _design;
    private DesignFindings? _newest;
    private CancellationTokenSource? _validating;

    public async IAsyncEnumerable<DesignFindings> Watch([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = _watchers.Watch();
        try
        {
            if (_following is null)
            {
                _following = new CancellationTokenSource();
                _ = FollowAsync(_following, _following.Token);
            }
            else if (_newest is { } known)
            {
                yield return known;
            }

            await foreach (var items in watcher.ReadAllAsync(cancellationToken))
            {
                yield return items[^1];
                if (items[^1].Ended is not null)
                {
                    yield break;
                }
            }
        }
        finally
        {
            watcher.Dispose();
            if (_watchers.Count == 0)
            {
                Stop();
            }
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stop();
        return Task.CompletedTask;
    }

    public void Dispose() => Stop();

    /// <summary>Ends following; those who still watch come again.</summary>
    private void Stop()
    {
        _following?.Cancel();
        _following?.Dispose();
        _following = null;
        _design = null;
        _newest = null;
        _watchers.Complete();
    }

    private async Task FollowAsync(CancellationTokenSource round, CancellationToken stopping)
    {
        try
        {
            await foreach (var item in GrainFactory.GetGrain<IDesignGrain>(this.GetPrimaryKeyString()).Watch(null, stopping).WithCancellation(stopping))
            {
                stopping.ThrowIfCancellationRequested();
                if (item is DesignFeedItem.Ended ended)
                {
                    _watchers.Publish(new DesignFindings(0, [], ended.Code));
                    break;
                }

                _design = Follow(_design, item);
                if (_validating != round)
                {
                    _validating = round;
                    _ = ValidateAsync(round, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            LogInterrupted(logger, exception, this.GetPrimaryKeyString());
        }

        if (!stopping.IsCancellationRequested)
        {
            Stop();
        }
    }

    private static DesignState? Follow(DesignState? design, DesignFeedItem item) => item switch
    {
        DesignFeedItem.Snapshot snapshot => DesignState.FromDocument(snapshot.Design),
        DesignFeedItem.Changes changes => changes.Items.Aggregate(design, (state, change) => state?.Apply(new BatchCommitted
        {
            BatchId = change.BatchId,
            Author = change.Author,
            At = change.At,
            Operations = change.Operations,
        })),
        _ => design,
    };

    /// <summary>Validates at once, and again as long as the design has changed meanwhile, with rests between that grow with the work.</summary>
    private async Task ValidateAsync(CancellationTokenSource round, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested && _design is { } design && design.Revision != _newest?.Revision)
            {
                var components = ProjectCatalog.Over(await enabled.LoadAsync(design.ProjectId), await catalogs.FindAsync(design.ProjectId, GrainFactory));
                stopping.ThrowIfCancellationRequested();
                var began = time.GetTimestamp();
                _newest = new DesignFindings(design.Revision, DesignValidation.Validate(design.ToDocument(), components));
                _watchers.Publish(_newest);
                var rest = time.GetElapsedTime(began) * RestPerWork;
                await Task.Delay(rest > ShortestInterval ? rest : ShortestInterval, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
        catch (Exception exception)
        {
            LogInterrupted(logger, exception, this.GetPrimaryKeyString());
            if (!stopping.IsCancellationRequested)
            {
                Stop();
            }
        }
        finally
        {
            if (_validating == round)
            {
                _validating = null;
            }
        }
    }

    [LoggerMessage(EventId = 2601, Level = LogLevel.Warning, Message = "The validation of {DesignId} was interrupted; who watches it comes again.")]
    private static partial void LogInterrupted(ILogger logger, Exception exception, string designId);
}
