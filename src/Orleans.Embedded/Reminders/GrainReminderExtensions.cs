using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Reminders of a grain: they outlive its activations and the process, and wake the grain.</summary>
public static class GrainReminderExtensions
{
    /// <summary>Registers the reminder, or replaces the one of that name. The period is at least a minute.</summary>
    /// <exception cref="ArgumentException">The period is too short.</exception>
    public static Task<IGrainReminder> RegisterOrUpdateReminder(this IGrainBase grain, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        if (grain is not IRemindable)
            throw new InvalidOperationException($"{grain.GetType()} does not implement {nameof(IRemindable)} and cannot have reminders.");
        return ServiceOf(grain).RegisterAsync(grain.GrainContext.GrainId, reminderName, dueTime, period);
    }

    /// <exception cref="ReminderException">Someone else changed or removed it since it was read.</exception>
    public static Task UnregisterReminder(this IGrainBase grain, IGrainReminder reminder) =>
        ServiceOf(grain).UnregisterAsync(grain.GrainContext.GrainId, reminder);

    public static Task<IGrainReminder?> GetReminder(this IGrainBase grain, string reminderName) =>
        Task.FromResult(ServiceOf(grain).Find(grain.GrainContext.GrainId, reminderName));

    public static Task<List<IGrainReminder>> GetReminders(this IGrainBase grain) =>
        Task.FromResult(ServiceOf(grain).All(grain.GrainContext.GrainId));

    private static ReminderService ServiceOf(IGrainBase grain) => grain.GrainContext.ActivationServices.GetRequiredService<ReminderService>();
}
