using System.Collections.Concurrent;
using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using FsCheck;
using FsCheck.Fluent;
using Orleans.Runtime;

namespace Actors.Grains.Tests.EventSourcing;

/// <summary>What holds whatever storage does while clients submit, resend and watch.</summary>
public sealed class FaultProperties
{
    private const int Plans = 120;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_nothing_is_stored_twice_and_watchers_see_exactly_the_journal()
    {
        await using var silo = await TestSilo.StartAsync(("EventSourcing:RecoveryInterval", "00:00:00.020"));
        var (runs, refusals) = (0, 0);
        var property = Prop.ForAll(FaultPlan.Plans(), plan =>
        {
            var run = new Run(silo, plan, $"dsg_{++runs}");
            run.ExecuteAsync().WaitAsync(TimeSpan.FromSeconds(30)).GetAwaiter().GetResult();
            refusals += run.Refusals;
        });
        await Task.Factory.StartNew(
            () => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Plans), property),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Assert.True(runs >= Plans);
        Assert.True(refusals > Plans, $"Only {refusals} refusals: the faults did not come to pass.");
    }

    private sealed class Run(TestSilo silo, FaultPlan plan, string id)
    {
        private const int InFlight = 4;

        private readonly ConcurrentDictionary<Guid, long> _acknowledged = new();
        private int _refusals;

        public int Refusals => _refusals;

        public async Task ExecuteAsync()
        {
            var design = await TestDesign.CreateAsync(silo, id);
            var epoch = (await design.DocumentAsync()).Epoch;
            using var over = new CancellationTokenSource();
            silo.Journal.Use(design.Stream, plan.ToSchedule());
            var watchers = Enumerable.Range(0, 2).Select(_ => WatchAsync(design, epoch, over.Token)).ToArray();
            var writers = Enumerable.Range(0, plan.Writers).Select(writer => WriteAsync(design, writer)).ToArray();
            for (var i = 0; i < plan.Deactivations; i++)
            {
                var (appends, pace) = (silo.Journal.Appends, plan.Batches);
                await Wait.UntilAsync(() => silo.Journal.Appends >= appends + pace || writers.All(writer => writer.IsCompleted));
                await silo.DeactivateAsync(design.Grain);
            }

            await Task.WhenAll(writers);
            var entries = await CheckJournalAsync(design);
            foreach (var watcher in watchers)
            {
                Assert.Equal(entries.Skip(1).Select(entry => (entry.Revision, entry.BatchId)), await watcher.ReadUntilAsync(entries[^1].Revision));
            }

            await over.CancelAsync();
            await Task.WhenAll(watchers.Select(watcher => watcher.Ended));
        }

        private async Task<List<JournalEntry>> CheckJournalAsync(TestDesign design)
        {
            await SubmitAsync(design, TestDesign.Adding("last"));
            var entries = await design.CheckAsync();
            Assert.Equal((plan.Writers * plan.Batches) + 2, entries.Count);
            Assert.Equal(_acknowledged.OrderBy(pair => pair.Value), entries.Skip(1).Select(entry => KeyValuePair.Create(entry.BatchId, entry.Revision)));
            foreach (var (batchId, revision) in _acknowledged)
            {
                var again = Assert.IsType<SubmitResult.Committed>(await SubmitOnceAsync(design, TestDesign.Adding("again", batchId)));
                Assert.Equal(revision, again.Revision);
            }

            return entries;
        }

        private async Task WriteAsync(TestDesign design, int writer)
        {
            var batches = Enumerable.Range(0, plan.Batches).Select(i => TestDesign.Adding($"w{writer}-{i}")).ToArray();
            foreach (var some in batches.Chunk(InFlight))
            {
                await Task.WhenAll(some.Select(batch => SubmitAsync(design, batch)));
            }
        }

        /// <summary>As a client does: the same batch again until it is answered for good.</summary>
        private async Task SubmitAsync(TestDesign design, Batch batch)
        {
            var committed = Assert.IsType<SubmitResult.Committed>(await SubmitOnceAsync(design, batch));
            Assert.True(_acknowledged.TryAdd(batch.BatchId, committed.Revision));
        }

        private async Task<SubmitResult> SubmitOnceAsync(TestDesign design, Batch batch)
        {
            while (true)
            {
                try
                {
                    var result = await design.SubmitAsync(batch);
                    if (result is not SubmitResult.Refused { Error.Retryable: true })
                    {
                        return result;
                    }
                }
                catch (StorageUnavailableException)
                {
                    // The grain could not be activated; the next attempt tries again.
                }

                Interlocked.Increment(ref _refusals);
            }
        }

        private static Subscriber WatchAsync(TestDesign design, string epoch, CancellationToken over) => new(design, epoch, over);
    }

    /// <summary>Watches and resumes by position, as a feed does.</summary>
    private sealed class Subscriber
    {
        private readonly TestDesign _design;
        private readonly CancellationToken _over;
        private readonly ConcurrentQueue<(long Revision, Guid BatchId)> _seen = new();
        private DesignPosition _position;

        public Subscriber(TestDesign design, string epoch, CancellationToken over)
        {
            (_design, _over, _position) = (design, over, new DesignPosition(epoch, 1));
            Ended = RunAsync();
        }

        public Task Ended { get; }

        public async Task<(long Revision, Guid BatchId)[]> ReadUntilAsync(long revision)
        {
            await Wait.UntilAsync(() => Ended.IsCompleted || _seen.LastOrDefault().Revision >= revision);
            if (Ended.IsFaulted)
            {
                await Ended;
            }

            return [.. _seen];
        }

        private async Task RunAsync()
        {
            while (!_over.IsCancellationRequested)
            {
                try
                {
                    await foreach (var item in _design.Grain.Watch(_position, _over))
                    {
                        Take(Assert.IsType<DesignFeedItem.Changes>(item));
                    }
                }
                catch (Exception exception) when (exception is EnumerationAbortedException or StorageUnavailableException or OperationCanceledException)
                {
                    // The grain was deactivated, storage was away, or the run is over.
                }
            }
        }

        private void Take(DesignFeedItem.Changes changes)
        {
            foreach (var change in changes.Items)
            {
                _seen.Enqueue((change.Revision, change.BatchId));
                _position = _position with { Revision = change.Revision };
            }
        }
    }
}
