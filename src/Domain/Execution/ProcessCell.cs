namespace Actors.Domain.Execution;

/// <summary>A process as the network keeps it.</summary>
internal sealed class ProcessCell(ProcessPlan plan)
{
    public ProcessPlan Plan { get; } = plan;

    public ProcessState State { get; } = new();

    public Outbox Outbox { get; } = new();

    /// <summary>Firings on their way, in the order of their numbers.</summary>
    public Queue<Firing> InFlight { get; } = new();

    /// <summary>Committed firings.</summary>
    public long Firings { get; set; }

    /// <summary>It fires no more; when its outbox is empty too, it has ended.</summary>
    public bool Closed { get; set; }

    /// <summary>Its outputs are closed as well.</summary>
    public bool Ended { get; set; }

    /// <summary>The last firing asked to fire again with the tokens that it had: the channels, as they were taken.</summary>
    public int[]? Again { get; set; }

    /// <summary>The firing at the end has been.</summary>
    public bool EndFired { get; set; }

    /// <summary>Ticks (UTC) at which it is woken; null for never.</summary>
    public long? WakeAt { get; set; }

    public ulong Guards { get; set; } = ulong.MaxValue;

    /// <summary>
    /// Where the fair choices go on: by input the place among its channels; under the rule <c>any</c> the first alone counts,
    /// as a place among all that enter.
    /// </summary>
    public int[] Next { get; } = new int[Math.Max(1, plan.Inputs.Length)];

    /// <summary>As <see cref="Next"/>, with the firings in flight counted in.</summary>
    public int[] NextToTake { get; } = new int[Math.Max(1, plan.Inputs.Length)];

    /// <summary>Whether what a firing takes is a choice.</summary>
    public bool Chooses { get; init; }

    /// <summary>What firings took of which something is recorded, by number.</summary>
    public SortedDictionary<long, Pin> Pins { get; } = [];

    /// <summary>Where the fair choice among competing connections goes on.</summary>
    public int NextLeaving { get; set; }

    /// <summary>Attempts that failed, by the number of a firing that is not committed yet, and when the next may be.</summary>
    public Dictionary<long, (int Attempts, long NotBefore)> Failed { get; } = [];

    /// <summary>What firings that are not committed yet have done so far, by number and step.</summary>
    public SortedDictionary<(long Firing, int Step), FiringStep> Steps { get; } = [];

    /// <summary>What the process did in the run that is gone by; null when it goes by its own rule.</summary>
    public RecordedNode? Record { get; set; }

    /// <summary>It is not executed: its firings give what they gave.</summary>
    public bool IsFed { get; set; }

    /// <summary>What its firings asked of models.</summary>
    public ModelSpending Spending { get; set; }

    public long Errors { get; set; }

    public long Retries { get; set; }

    public long Skipped { get; set; }

    public bool IsQueued { get; set; }
}
