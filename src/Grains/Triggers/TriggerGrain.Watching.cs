using System.Collections.Immutable;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Domain.Triggers;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Files;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Triggers;

/// <summary>
/// Changes of a design or of files. Nothing is stored until they have come to rest: what is seen is read again after a
/// restart, from the position that was stored last.
/// </summary>
internal sealed partial class TriggerGrain
{
    private const int MaximumChangesTold = 100;

    private readonly List<FileChange> _changes = [];
    private CancellationTokenSource? _watching;
    private TriggerSettings? _watched;
    private long _seen;
    private DateTimeOffset _changedAt;

    /// <summary>Begins to watch when there is something to be watched, and otherwise stops.</summary>
    private void Watch()
    {
        var wanted = Committed.Enabled && Committed.Settings!.Kind is TriggerKind.Design or TriggerKind.File && Committed.Enabled ? Committed.Settings : null;
        if (wanted is not null && _watching is not null && wanted.Design == _watched?.Design && wanted.File == _watched?.File)
            return;

        EndWatch();
        if (wanted is null)
            return;

        (_watched, _watching, _seen) = (wanted, new CancellationTokenSource(), Committed.Position);
        _ = KeepWatchingAsync(wanted, _watching.Token);
    }

    private void EndWatch()
    {
        _watching?.Cancel();
        _watching?.Dispose();
        _watching = null;
        _watched = null;
        _changes.Clear();
    }

    private async Task KeepWatchingAsync(TriggerSettings settings, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (settings.Design is { } design)
                    await WatchDesignAsync(design.DesignId, cancellationToken);
                else
                    await WatchFilesAsync(settings.File!.Path, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogDelayed(logger, exception, Id);
            }

            // The one that is watched has ended, or fell behind; it is watched again from what was seen.
            try
            {
                await Task.Delay(options.RetryAfter, Services.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task WatchDesignAsync(string designId, CancellationToken cancellationToken)
    {
        var design = GrainFactory.GetGrain<IDesignGrain>(designId);
        if (await design.GetHeader() is not { } header)
            return;

        Saw(header.Revision);
        await foreach (var item in design.Watch(new DesignPosition(header.Epoch, header.Revision), cancellationToken))
        {
            switch (item)
            {
                case DesignFeedItem.Changes { Items: [.., var last] }:
                    Saw(last.Revision);
                    break;
                case DesignFeedItem.Snapshot snapshot:
                    Saw(snapshot.Design.Revision);
                    break;
                case DesignFeedItem.Ended:
                    return;
            }
        }
    }

    private async Task WatchFilesAsync(string path, CancellationToken cancellationToken)
    {
        var files = GrainFactory.GetGrain<IFilesGrain>(Committed.ProjectId);
        await foreach (var notice in files.Watch(_seen, cancellationToken))
        {
            // From before the trigger was switched on: it has no position of its own then.
            if (notice.At < Committed.Anchor)
                continue;

            var matching = notice.Changes.Where(change => IsBelow(change.Path, path) || (change.From is { } from && IsBelow(from, path))).ToArray();
            if (matching.Length == 0)
                continue;

            _changes.AddRange(matching.Take(MaximumChangesTold - _changes.Count));
            Saw(notice.Sequence);
        }
    }

    /// <summary>Paths that differ in case alone are the same; an empty path of a notice is that of all files.</summary>
    private static bool IsBelow(string path, string folder) =>
        folder.Length == 0
        || path.Length == 0
        || path.Equals(folder, StringComparison.OrdinalIgnoreCase)
        || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.OrdinalIgnoreCase);

    private void Saw(long position)
    {
        if (position <= Math.Max(_seen, Committed.Position))
            return;

        (_seen, _changedAt) = (position, Now);
        Arm(UntilQuiet() ?? TimeSpan.Zero);
    }

    /// <summary>How long until what was seen has come to rest; null when nothing was.</summary>
    private TimeSpan? UntilQuiet()
    {
        if (_watched is null || _seen <= Committed.Position)
            return null;

        var quiet = TimeSpan.FromSeconds(_watched.Design?.DebounceSeconds ?? _watched.File!.DebounceSeconds);
        var left = _changedAt + quiet - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task FireChangesAsync()
    {
        if (!Committed.Enabled || UntilQuiet() is not { Ticks: 0 })
            return;

        var (position, payload) = (_seen, ChangePayload());
        _changes.Clear();
        var key = $"change:{position}";
        await DoAsync(new TriggerCommand.Fire(Now, "change", key, TriggerState.RunIdOf(Id, key, Committed.Anchor), null, position, payload, ByHand: false));
    }

    private Token ChangePayload() => Token.Write(writer =>
    {
        writer.WriteStartObject();
        if (_watched!.Design is { } design)
        {
            writer.WriteString("designId", design.DesignId);
            writer.WriteNumber("revision", _seen);
        }
        else
        {
            writer.WriteNumber("sequence", _seen);
            writer.WriteStartArray("changes");
            foreach (var change in _changes)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", change.Kind.ToString().ToLowerInvariant());
                writer.WriteString("path", change.Path);
                if (change.From is { } from)
                    writer.WriteString("from", from);

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    });
}
