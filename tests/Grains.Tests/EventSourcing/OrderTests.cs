using Actors.Domain.Designs;
using Actors.Grains.Tests.Designs;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;

namespace Actors.Grains.Tests.EventSourcing;

/// <summary>A client that sends one batch on top of another must not see them overtake each other.</summary>
public sealed class OrderTests
{
    private const int Rounds = 80;
    private const int Batches = 12;

    [Fact]
    public async Task What_commits_of_one_clients_batches_commits_in_their_order_whatever_fails_between()
    {
        await using var silo = await TestSilo.StartAsync(("EventSourcing:RecoveryInterval", "00:00:00.020"));
        var refused = 0;
        for (var seed = 1; seed <= Rounds; seed++)
        {
            var design = await TestDesign.CreateAsync(silo, $"dsg_{seed}");
            var schedule = new Schedule(seed);
            silo.Journal.Use(design.Stream, schedule);
            var results = new List<Task<SubmitResult>>();
            for (var i = 0; i < Batches; i++)
            {
                results.Add(design.SubmitAsync(TestDesign.Adding($"n{i}")));
                for (var pause = schedule.Draw(4); pause > 0; pause--)
                    await Task.Yield();
            }

            var committed = (await Task.WhenAll(results)).OfType<SubmitResult.Committed>().Select(result => result.Revision).ToArray();
            refused += Batches - committed.Length;
            Assert.True(committed.SequenceEqual(committed.Order()), $"Seed {seed}: committed as {string.Join(", ", committed)}.");
        }

        Assert.True(refused > Rounds / 4, $"Only {refused} batches were refused: the faults did not come to pass.");
    }

    private sealed class Schedule(int seed) : FaultyJournal.ISchedule
    {
        private readonly Lock _gate = new();
        private readonly Random _random = new(seed);

        public Fault Next(JournalAppend append) => Draw(10) > 1 ? Fault.None : Draw(2) == 0 ? Fault.Overloaded : Fault.Lost;

        public int Delay() => Draw(20);

        public bool FailsToRead() => false;

        public int Draw(int below)
        {
            lock (_gate)
                return _random.Next(below);
        }
    }
}
