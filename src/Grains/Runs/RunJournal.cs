using System.Collections.Immutable;
using Actors.Domain.Execution;
using Actors.Grains.Identity;
using Actors.Storage;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Runs;

/// <summary>
/// A run's way into the journal: several appends on their way at once, told of in their order when they are stored. An
/// outage is waited out: what is not known to be stored is sent again, with the same batch ids, until it is.
/// </summary>
/// <remarks>Belongs to one grain and runs on its scheduler.</remarks>
internal sealed partial class RunJournal(
    string runId, string stream, RunServices services, Action<RunJournal.Entry> committed, Action<bool> reachable, Action fenced, CancellationToken life)
{
    private readonly List<Entry> _unstored = [];
    private readonly List<(long Revision, TaskCompletionSource Source)> _waiting = [];
    private Task? _sending;
    private bool _isDown;

    /// <summary>The revision of the newest entry that was handed in.</summary>
    public long Head { get; set; }

    /// <summary>The revision up to which everything is stored.</summary>
    public long Stored { get; set; }

    /// <summary>The batch id of the next entry, when a request named it, so that its repeat is noticed.</summary>
    public Guid? RequestedBatch { get; set; }

    /// <summary>Entries that were handed in and are not known to be stored.</summary>
    public int InFlight => _unstored.Count;

    /// <summary>Hands in an entry; its large tokens are stored before it.</summary>
    public void Append(byte[] payload, Token[] large, List<Publication> published, ImmutableArray<CatalogWrite> catalog, string author)
    {
        var entry = new Entry(
            new JournalAppend
            {
                Stream = stream,
                Revision = ++Head,
                BatchId = RequestedBatch ?? services.Identifiers.NewBatchId(),
                At = services.Time.GetUtcNow(),
                Author = author,
                Payload = payload,
                Catalog = catalog,
            },
            large,
            published);
        RequestedBatch = null;
        _unstored.Add(entry);
        if (large.Length == 0 && !_isDown && _sending is null && _unstored.TrueForAll(other => other.Sent is not null || ReferenceEquals(other, entry)))
        {
            entry.Sent = services.Journal.AppendAsync(entry.Append);
        }

        _sending ??= SendAsync();
    }

    /// <summary>Completes when everything that was handed in so far is stored.</summary>
    public Task FlushAsync()
    {
        if (Stored >= Head)
        {
            return Task.CompletedTask;
        }

        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add((Head, source));
        return source.Task;
    }

    /// <summary>
    /// Completes when everything that was sent has its outcome, whatever that is. Whoever takes over reads the journal to its
    /// end then; otherwise the first that it appends would meet what was still on its way, and be fenced off.
    /// </summary>
    public Task DrainAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_unstored.Select(entry => entry.Sent).OfType<Task>()).WaitAsync(cancellationToken);

    private async Task SendAsync()
    {
        // Let whoever handed it in go on first.
        await Task.Yield();
        while (_unstored.Count > 0 && !life.IsCancellationRequested)
        {
            var settled = false;
            try
            {
                settled = await SendFirstAsync();
            }
            catch (StorageUnavailableException exception)
            {
                LogUnavailable(services.Logger, exception, stream);
            }

            if (settled || life.IsCancellationRequested)
            {
                continue;
            }

            if (!_isDown)
            {
                _isDown = true;
                reachable(false);
            }

            await Task.Delay(services.Options.StorageRetry, services.Time, CancellationToken.None);
        }

        _sending = null;
    }

    /// <summary>Awaits the oldest entry. False when storage does not answer; everything that was sent will be sent again.</summary>
    private async Task<bool> SendFirstAsync()
    {
        foreach (var entry in _unstored.ToArray())
        {
            foreach (var token in entry.Large)
            {
                await services.Blobs.PutTokenAsync(runId, token);
            }

            entry.Large = [];
            entry.Sent ??= services.Journal.AppendAsync(entry.Append);
        }

        var first = _unstored[0];
        var result = await first.Sent!;
        switch (result.Status)
        {
            case AppendStatus.Committed or AppendStatus.Duplicate:
                _unstored.RemoveAt(0);
                Stored = first.Append.Revision;
                if (_isDown)
                {
                    _isDown = false;
                    reachable(true);
                }

                committed(first);
                Release();
                return true;
            case AppendStatus.Unavailable or AppendStatus.Overloaded or AppendStatus.Superseded:
                foreach (var entry in _unstored)
                {
                    if (entry.Sent is { } sent)
                    {
                        await sent;
                        entry.Sent = null;
                    }
                }

                return result.Status == AppendStatus.Superseded;
            default:
                LogFenced(services.Logger, stream, first.Append.Revision);
                fenced();
                return false;
        }
    }

    private void Release()
    {
        while (_waiting.Count > 0 && _waiting[0].Revision <= Stored)
        {
            _waiting[0].Source.SetResult();
            _waiting.RemoveAt(0);
        }
    }

    [LoggerMessage(EventId = 2601, Level = LogLevel.Warning, Message = "{Stream} waits for its storage.")]
    private static partial void LogUnavailable(ILogger logger, Exception exception, string stream);

    [LoggerMessage(EventId = 2602, Level = LogLevel.Warning, Message = "{Stream} was written by another activation before revision {Revision}; this one ends.")]
    private static partial void LogFenced(ILogger logger, string stream, long revision);

    /// <summary>An entry on its way.</summary>
    public sealed class Entry(JournalAppend append, Token[] large, List<Publication> published)
    {
        public JournalAppend Append { get; } = append;

        public Token[] Large { get; set; } = large;

        public List<Publication> Published { get; } = published;

        public Task<AppendResult>? Sent { get; set; }
    }
}
