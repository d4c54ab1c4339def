using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A grain that reminders can wake.</summary>
    public interface IRemindable : IGrain
    {
        Task ReceiveReminder(string reminderName, TickStatus status);
    }
}

namespace Orleans.Runtime
{
    public interface IGrainReminder
    {
        string ReminderName { get; }
    }

    /// <summary>Which tick of a reminder this is. Times are UTC.</summary>
    public readonly struct TickStatus
    {
        [System.Text.Json.Serialization.JsonConstructor]
        public TickStatus(DateTime firstTickTime, TimeSpan period, DateTime currentTickTime)
        {
            FirstTickTime = firstTickTime;
            Period = period;
            CurrentTickTime = currentTickTime;
        }

        public DateTime FirstTickTime { get; }

        public TimeSpan Period { get; }

        public DateTime CurrentTickTime { get; }

        public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
    }
}

namespace Orleans.Hosting
{
    public sealed class ReminderOptions
    {
        /// <summary>The smallest period that a reminder may have. Default 1 minute.</summary>
        public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
    }
}
