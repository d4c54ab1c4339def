using Orleans;
using Orleans.Runtime;

namespace Actors.Grains;

internal static class GrainReminders
{
    /// <summary>Removes a reminder if there is one. Whoever removed or replaced it since it was read has had the last word.</summary>
    public static async Task ForgetReminderAsync(this IGrainBase grain, string name)
    {
        if (await grain.GetReminder(name) is not { } reminder)
            return;

        try
        {
            await grain.UnregisterReminder(reminder);
        }
        catch (ReminderException)
        {
            // Calls of one grain interleave here; theirs came later and holds.
        }
    }
}
