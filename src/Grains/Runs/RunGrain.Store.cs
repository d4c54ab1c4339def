using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;
using Actors.Storage;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Runs;

/// <summary>What is kept, and how a run comes back from it.</summary>
internal sealed partial class RunGrain
{
    private const int ReplayPage = 256;
    private const int ResultPart = 1024 * 1024;

    /// <summary>A run that works for longer is given a reminder, so that another silo wakes it when this one dies.</summary>
    private static readonly TimeSpan ReminderAfter = TimeSpan.FromSeconds(10);

    private readonly Queue<(long Revision, RunHeader Header, RunTotals Totals)> _headers = new();

    /// <summary>Outputs and events of a run that keeps its result only, until it has one.</summary>
    private readonly List<Publication> _result = [];

    private string _shown = "";

    /// <summary>The header is written with the next entry although the status stays.</summary>
    private bool _headerDue;
    private long _resultBytes;
    private long _sinceSnapshot;
    private (long Revision, byte[] Network)? _snapshot;
    private long _activatedAt;
    private IGrainReminder? _reminder;
    private bool _reminding;

    /// <summary>Ticks (UTC) of the wait whose end the reminder is for; 0 for none.</summary>
    private long _remindedOf;
    private IGrainTimer? _restTimer;

    /// <summary>Hands what is recorded to the journal.</summary>
    public void Flush()
    {
        if (_start is null || Life.IsCancellationRequested)
        {
            return;
        }

        if (_start.Durability == RunDurability.None)
        {
            FlushResult();
            return;
        }

        var status = StatusNow();
        if (_network.Log.Length == 0 && _network.Published.Count == 0 && status == _shown)
        {
            return;
        }

        var records = _network.Log.Take(out var large);
        List<Publication> published = [.. _network.Published];
        _network.Published.Clear();
        Append(records, large, published, status);
        _sinceSnapshot += records.Length;
        if (_sinceSnapshot >= services.Options.SnapshotAfterBytes && _snapshot is null && _gone is null)
        {
            var bytes = _network.WriteSnapshot(out var missing);
            _snapshot = missing.Length == 0 ? (_journal.Head, bytes) : null;
            _sinceSnapshot = 0;
        }
    }

    private void Append(ReadOnlySpan<byte> records, Token[] large, List<Publication> published, string status)
    {
        var payload = JournalPart.Write(records, published, out var more);
        var changed = status != _shown || _headerDue;
        _headerDue = false;
        var header = changed ? HeaderNow(status) : null;
        _journal.Append(
            payload, [.. large, .. more], published, header is null ? [] : [new CatalogWrite.PutEntry(RunHeaders.ToEntry(header))], _start!.StartedBy);
        if (header is not null)
        {
            _headers.Enqueue((_journal.Head, header, TotalsNow()));
            _shown = status;
        }

        TakeWanted();
    }

    /// <summary>A run that keeps its result only is written when it has one, in parts.</summary>
    private void FlushResult()
    {
        _resultBytes += _network.Published.Sum(publication => (long)publication.Token.Size);
        _result.AddRange(_network.Published);
        _network.Published.Clear();
        if (_resultBytes > services.Options.ResultBytes && !IsOver)
        {
            _network.FailRun(OverResult());
            CancelGivenUp();
        }

        var status = StatusNow();
        if (!IsOver || status == _shown)
        {
            return;
        }

        _result.AddRange(_network.Published);
        _network.Published.Clear();
        var part = new List<Publication>();
        var bytes = 0;
        foreach (var publication in _result)
        {
            part.Add(publication);
            bytes += publication.Token.Size + 16;
            if (bytes >= ResultPart)
            {
                Append([], [], part, _shown);
                (part, bytes) = ([], 0);
            }
        }

        _result.Clear();
        Append([], [], part, status);
    }

    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        _activatedAt = services.Time.GetTimestamp();
        await RestoreNetworkAsync(_start!);
        if (await services.Snapshots.LoadAsync(Stream, cancellationToken) is { } snapshot)
        {
            ReadSnapshot(snapshot);
        }

        await ReplayAsync(cancellationToken);
        foreach (var tokens in _network.Unloaded().Concat(_outputs.Unloaded()).GroupBy(token => token.BlobId!, StringComparer.Ordinal).ToArray())
        {
            // Equal tokens share a blob, and so its text.
            var first = tokens.First();
            await LoadAsync(first, cancellationToken);
            foreach (var token in tokens)
            {
                token.Load(first.Utf8);
            }
        }

        _network.FinishReplay();
        _figures = TakeFigures();
        if (await services.Lists.FindAsync(CatalogKind, RunId, cancellationToken) is { } entry)
        {
            _header = RunHeaders.Read(entry);
            _shown = _header.Status;
            await RestoreClockAsync(cancellationToken);
        }

        if (_start!.Durability == RunDurability.None)
        {
            RecoverResult();
        }
        else if (_gone is not null)
        {
            GiveUp(_gone);
        }

        if (!IsOver && RunPlans.FindChanged(_network.Plan, _start) is { } changed)
        {
            // What is in the journal was meant for another implementation: nothing of it is handed to this one.
            _network.FailRun(changed);
        }

        await FollowAgainAsync(cancellationToken);
        _reminder = await this.GetReminder(Reminder);
        if (_reminder is not null && _header?.EndedAt is not null)
        {
            // The run ended, and its process with it before everybody was told.
            _ending = EndAsync();
        }

        Pump();
    }

    /// <summary>Of a run that keeps its result only nothing is left but that, or that it was cut off.</summary>
    private void RecoverResult() => GiveUp(new RunFailure(ErrorCodes.RunInterrupted, "The server stopped, and the run keeps its result only.", null));

    /// <summary>How the run ended, of which no more than that is at hand; when it had not, it fails.</summary>
    private void GiveUp(RunFailure failure)
    {
        switch (_header?.Status)
        {
            case "completed":
                _network.Restore(NetworkStatus.Completed, null);
                break;
            case "cancelled":
                _network.Restore(NetworkStatus.Cancelled, null);
                break;
            case "failed":
                _network.Restore(NetworkStatus.Failed, _header.Error);
                break;
            default:
                _network.FailRun(failure);
                break;
        }
    }

    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        int read;
        do
        {
            read = 0;
            await foreach (var entry in services.Journal.ReadAsync(Stream, _journal.Stored, ReplayPage, cancellationToken))
            {
                read++;
                var (records, published) = JournalPart.Read(entry.Payload);
                if (_gone is null)
                {
                    _network.Replay(records);
                    _network.Published.Clear();
                }

                _outputs.Add(entry.Revision, published);
                _sinceSnapshot += records.Length;
                _journal.Head = _journal.Stored = entry.Revision;
            }
        }
        while (read == ReplayPage);
    }

    private void ReadSnapshot(Snapshot snapshot)
    {
        var reader = new RecordReader(snapshot.Payload);
        var network = reader.Bytes();
        if (_gone is null)
        {
            _network.ReadSnapshot(network);
        }

        _outputs.Read(ref reader);
        _journal.Head = _journal.Stored = snapshot.Revision;
    }

    private async ValueTask LoadAsync(Token token, CancellationToken cancellationToken)
    {
        if (!token.IsLoaded)
        {
            await services.Blobs.LoadTokenAsync(RunId, token, cancellationToken);
        }
    }

    private void OnStored(RunJournal.Entry entry)
    {
        var revision = entry.Append.Revision;
        _outputs.Add(revision, entry.Published);
        while (_headers.TryPeek(out var next) && next.Revision <= revision)
        {
            (_, _header, var totals) = _headers.Dequeue();
            services.Reporter.Report(_header.ProjectId, SummaryOf(_header, totals));
            if (_header.EndedAt is not null)
            {
                _ending = EndAsync();
            }
        }

        if (_snapshot is { } snapshot && revision >= snapshot.Revision)
        {
            OfferSnapshot(snapshot.Revision == revision ? snapshot.Network : null, revision);
        }

        Changed();
    }

    private void OfferSnapshot(byte[]? network, long revision)
    {
        _snapshot = null;
        if (network is null)
        {
            return;
        }

        var writer = new RecordWriter();
        writer.Bytes(network);
        _outputs.Write(writer);
        var payload = writer.Take();
        services.SnapshotWriter.TryOffer(Stream, revision, services.Time.GetUtcNow(), () => payload);
    }

    private void OnReachable(bool reachable)
    {
        _storageDown = !reachable;
        Changed();
        Pump();
    }

    private void OnFenced()
    {
        _life.Cancel();
        DeactivateOnIdle();
    }

    private void KeepReminder()
    {
        if (_activatedAt == 0)
        {
            _activatedAt = services.Time.GetTimestamp();
        }

        if (_reminder is null && !_reminding && !IsOver && services.Time.GetElapsedTime(_activatedAt) > ReminderAfter)
        {
            _ = RemindAsync(TimeSpan.FromMinutes(1));
        }
    }

    private async Task RemindAsync(TimeSpan after)
    {
        _reminding = true;
        try
        {
            _reminder = await this.RegisterOrUpdateReminder(Reminder, after, TimeSpan.FromMinutes(1));
        }
        catch (Exception exception)
        {
            LogNotReminded(services.Logger, exception, RunId);
        }
        finally
        {
            _reminding = false;
        }
    }

    private async Task RemindOfAsync(long due)
    {
        if (!_reminding)
        {
            await RemindAsync(TimeSpan.FromTicks(Math.Max(0, due - NowTicks)));
            _remindedOf = _reminder is null ? 0 : due;
            if (_remindedOf == due)
            {
                Pump();
            }
        }
    }

    /// <summary>A run that has ended or only waits leaves memory; an answer, a request or a reminder brings it back.</summary>
    private void ScheduleRest()
    {
        _restTimer?.Dispose();
        _restTimer = this.RegisterGrainTimer(
            static (grain, _) => grain.LeaveAsync(),
            this,
            new GrainTimerCreationOptions(services.Options.RestAfter, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    private async Task LeaveAsync()
    {
        await _journal.FlushAsync().WaitAsync(Life);
        if (_pumping || _watching > 0 || !(IsOver || _rests || _network.Status == NetworkStatus.Paused))
        {
            return;
        }

        if (_reminder is { } reminder && (IsOver ? _told : _remindedOf == 0))
        {
            _reminder = null;
            await this.UnregisterReminder(reminder);
        }

        DeactivateOnIdle();
    }

    [LoggerMessage(EventId = 2606, Level = LogLevel.Warning, Message = "Run {RunId} could not be given a reminder.")]
    private static partial void LogNotReminded(ILogger logger, Exception exception, string runId);
}
