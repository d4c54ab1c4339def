using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Domain.Identity;

/// <summary>
/// Typed identifiers: a prefix that tells the kind, and 26 characters of Crockford's base 32 in lower case: 48 bits of
/// Unix milliseconds, then 80 random bits, so that their ordinal order is the order of creation (the ULID layout).
/// </summary>
public static class Identifier
{
    public const string Account = "usr_";
    public const string Project = "prj_";
    public const string Design = "dsg_";
    public const string Run = "run_";
    public const string Workflow = "wfl_";
    public const string Task = "tsk_";
    public const string Job = "job_";
    public const string Conversation = "cnv_";
    public const string Suggestion = "sug_";
    public const string File = "fil_";
    public const string Version = "ver_";
    public const string Session = "ses_";
    public const string Notification = "ntf_";
    public const string Thread = "thr_";
    public const string Comment = "cmt_";
    public const string Template = "tpl_";
    public const string Invitation = "inv_";
    public const string PersonalToken = "tok_";
    public const string Trigger = "trg_";

    /// <summary>Random bytes that an identifier takes.</summary>
    public const int RandomBytes = 8;

    private const int Digits = 26;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private static readonly SearchValues<char> AlphabetValues = SearchValues.Create(Alphabet);

    public static string Create(string prefix, DateTimeOffset at, ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomBytes)
        {
            throw new ArgumentException($"An identifier takes {RandomBytes} random bytes.", nameof(random));
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (at.ToUnixTimeMilliseconds() << 16) | FractionOf(at));
        random.CopyTo(bytes[8..]);
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        Span<char> text = stackalloc char[prefix.Length + Digits];
        prefix.CopyTo(text);
        for (var i = text.Length - 1; i >= prefix.Length; i--)
        {
            text[i] = Alphabet[(int)(value & 31)];
            value >>= 5;
        }

        return new string(text);
    }

    /// <summary>How much of its millisecond has passed, in 65,536ths: what is made in one millisecond is still in the order in which it was made.</summary>
    private static long FractionOf(DateTimeOffset at) => (at.UtcTicks % TimeSpan.TicksPerMillisecond << 16) / TimeSpan.TicksPerMillisecond;

    /// <summary>Whether <paramref name="value"/> is an identifier of the kind that <paramref name="prefix"/> names.</summary>
    public static bool IsValid(string prefix, [NotNullWhen(true)] string? value)
    {
        if (value is null || value.Length != prefix.Length + Digits || !value.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = value.AsSpan(prefix.Length);
        return digits[0] <= '7' && digits.IndexOfAnyExcept(AlphabetValues) < 0;
    }

    /// <summary>The refusal of a value that is no identifier of that kind.</summary>
    public static Refusal? Check(string prefix, string? value, string field) =>
        IsValid(prefix, value)
            ? null
            : Refusal.Field(field, $"must be '{prefix}' and 26 characters of a time-ordered id", ErrorCodes.IdentifierInvalid);
}
