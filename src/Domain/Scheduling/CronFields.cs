using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Actors.Domain.Scheduling;

/// <summary>One field of a cron expression: the values that it lets through, as bits.</summary>
/// <param name="IsWild">Whether it begins with <c>*</c>: such a field does not restrict.</param>
internal readonly record struct CronField(ulong Bits, bool IsWild)
{
    public bool Contains(int value) => (Bits & (1UL << value)) != 0;

    /// <summary>The first value from <paramref name="from"/> on; -1 when there is none.</summary>
    public int First(int from)
    {
        var left = from > 63 ? 0 : Bits & (ulong.MaxValue << from);
        return left == 0 ? -1 : System.Numerics.BitOperations.TrailingZeroCount(left);
    }
}

/// <summary>What may stand in a field of a cron expression.</summary>
/// <param name="Names">From the value <paramref name="FirstName"/> on.</param>
internal sealed record CronFieldRules(string Name, int Minimum, int Maximum, int FirstName = 0, params string[] Names)
{
    public static readonly CronFieldRules Minutes = new("minute", 0, 59);
    public static readonly CronFieldRules Hours = new("hour", 0, 23);
    public static readonly CronFieldRules Days = new("day of month", 1, 31);
    public static readonly CronFieldRules Months = new("month", 1, 12, 1, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /// <summary>0 to 7, where 0 and 7 are Sunday.</summary>
    public static readonly CronFieldRules Weekdays = new("day of week", 0, 7, 0, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>A list of values, ranges and <c>*</c>, the latter two with or without a step.</summary>
    /// <param name="problem">What is wrong, for people.</param>
    public bool TryParse(string text, out CronField field, [NotNullWhen(false)] out string? problem)
    {
        field = default;
        var bits = 0UL;
        foreach (var part in text.Split(','))
        {
            if (!TryParsePart(part, ref bits, out problem))
                return false;
        }

        if (this == Weekdays && (bits & (1UL << 7)) != 0)
            bits = (bits & ~(1UL << 7)) | 1;

        field = new CronField(bits, text[0] == '*');
        problem = null;
        return true;
    }

    private bool TryParsePart(string part, ref ulong bits, [NotNullWhen(false)] out string? problem)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? part : part[..slash];
        var step = 1;
        if (slash >= 0 && (!TryNumber(part[(slash + 1)..], out step) || step < 1 || step > Maximum))
            return Fail($"the step in '{part}' must be from 1 to {Maximum}", out problem);

        var (first, last) = (Minimum, Maximum);
        if (range != "*")
        {
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            if (!TryValue(dash < 0 ? range : range[..dash], out first) || !TryValue(dash < 0 ? range : range[(dash + 1)..], out last))
                return Fail($"'{range}' must be from {Minimum} to {Maximum}{(Names.Length > 0 ? $" or {Names[0]} to {Names[^1]}" : "")}", out problem);

            if (last < first)
                return Fail($"the range '{range}' must not go backwards", out problem);

            // As in every cron: a step behind a single value counts from it to the end.
            if (dash < 0 && slash >= 0)
                last = this == Weekdays ? 6 : Maximum;
        }
        else if (this == Weekdays)
        {
            last = 6;
        }

        for (var value = first; value <= last; value += step)
            bits |= 1UL << value;

        problem = null;
        return true;
    }

    private bool TryValue(string text, out int value)
    {
        var name = Array.FindIndex(Names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (name >= 0)
        {
            value = FirstName + name;
            return true;
        }

        return TryNumber(text, out value) && value >= Minimum && value <= Maximum;
    }

    private bool Fail(string what, out string problem)
    {
        problem = $"{Name}: {what}";
        return false;
    }

    private static bool TryNumber(string text, out int number)
    {
        number = 0;
        return text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
