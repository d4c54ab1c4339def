namespace Actors.Domain.Interchange;

/// <summary>
/// Order keys for things that arrive in order: a letter that tells the number of digits, then the number in base 62, so
/// that the ordinal order of the keys is the order of the numbers.
/// </summary>
internal static class OrderSequence
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>The key of place <paramref name="index"/>, from 0: a0 ... az, b00 ... bzz, c000 ...</summary>
    public static string Key(int index)
    {
        var count = 1;
        var remaining = (long)index;
        for (var room = 62L; remaining >= room; room *= 62)
        {
            remaining -= room;
            count++;
        }

        Span<char> key = stackalloc char[count + 1];
        key[0] = (char)('a' + count - 1);
        for (var i = count; i > 0; i--)
        {
            key[i] = Digits[(int)(remaining % 62)];
            remaining /= 62;
        }

        return new string(key);
    }
}
