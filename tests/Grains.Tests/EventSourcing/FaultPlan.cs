using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Grains.Tests.EventSourcing;

/// <summary>One run under faults. Small numbers, so that a failing plan reads well when it has shrunk.</summary>
/// <param name="Seed">Decides which append fails and how long its outcome takes.</param>
/// <param name="Writers">Clients that submit at the same time, each keeping several batches in flight.</param>
/// <param name="Batches">Batches of each writer.</param>
/// <param name="FailuresInTen">How many of ten appends fail.</param>
/// <param name="UnreadableInTen">How many of ten reads of the journal fail.</param>
/// <param name="Deactivations">How often the grain is deactivated under way.</param>
public sealed record FaultPlan(int Seed, int Writers, int Batches, int FailuresInTen, int UnreadableInTen, int Deactivations)
{
    internal static Arbitrary<FaultPlan> Plans()
    {
        var plan = from seed in Gen.Choose(0, int.MaxValue - 1)
                   from writers in Gen.Choose(1, 5)
                   from batches in Gen.Choose(1, 15)
                   from failures in Gen.Choose(0, 5)
                   from unreadable in Gen.Choose(0, 4)
                   from deactivations in Gen.Choose(0, 3)
                   select new FaultPlan(seed, writers, batches, failures, unreadable, deactivations);
        return Arb.From(plan, Shrink);
    }

    internal FaultyJournal.ISchedule ToSchedule() => new Schedule(this);

    private static IEnumerable<FaultPlan> Shrink(FaultPlan plan)
    {
        if (plan.Deactivations > 0)
            yield return plan with { Deactivations = plan.Deactivations - 1 };
        if (plan.UnreadableInTen > 0)
            yield return plan with { UnreadableInTen = 0 };
        if (plan.Writers > 1)
            yield return plan with { Writers = plan.Writers - 1 };
        if (plan.Batches > 1)
            yield return plan with { Batches = plan.Batches / 2 };
        if (plan.FailuresInTen > 0)
            yield return plan with { FailuresInTen = plan.FailuresInTen - 1 };
    }

    private sealed class Schedule(FaultPlan plan) : FaultyJournal.ISchedule
    {
        private static readonly Fault[] Faults = [Fault.Lost, Fault.StoredInSilence, Fault.StoredInSilence, Fault.Overloaded, Fault.Throws];

        private readonly Lock _gate = new();
        private readonly Random _random = new(plan.Seed);

        public Fault Next(JournalAppend append) => Draw(10) < plan.FailuresInTen ? Faults[Draw(Faults.Length)] : Fault.None;

        public int Delay() => Draw(30);

        public bool FailsToRead() => Draw(10) < plan.UnreadableInTen;

        private int Draw(int below)
        {
            lock (_gate)
            {
                return _random.Next(below);
            }
        }
    }
}
