using System.Collections.Frozen;

namespace Actors.Domain.Accounts;

/// <summary>
/// What guessers try first. A password is compared without case, without what people append (digits and signs at the
/// end), and with the usual substitutions undone, so that <c>P@ssw0rd!2024</c> counts as <c>password</c>.
/// </summary>
internal static class CommonPasswords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "password", "passwort", "motdepasse", "contrasena", "passphrase", "letmein", "welcome", "welcometo", "iloveyou", "admin",
        "administrator", "root", "superuser", "user", "username", "test", "testing", "guest", "default", "login",
        "changeme", "changemenow", "secret", "topsecret", "master", "access", "qwerty", "qwertyuiop", "qwertz", "qwertzuiop",
        "azerty", "azertyuiop", "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "qazwsx", "qazwsxedc", "qweasd", "qweasdzxc",
        "abc", "abcd", "abcdef", "abcdefg", "abcdefgh", "abcdefghij", "abcdefghijkl", "dragon", "monkey", "football",
        "baseball", "basketball", "superman", "batman", "spiderman", "princess", "sunshine", "shadow", "trustno", "starwars",
        "whatever", "freedom", "michael", "jennifer", "jordan", "hunter", "killer", "charlie", "ashley", "computer",
        "internet", "samsung", "google", "facebook", "pokemon", "summer", "winter", "spring", "autumn", "passwordpassword",
        "letmeinletmein", "adminadmin", "correcthorsebatterystaple", "opensesame", "mypassword", "yourpassword", "newpassword",
        "thisispassword", "thisismypassword", "companyname", "hello", "helloworld", "goodmorning", "loveyou", "fuckyou",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Exact = new[]
    {
        "1234567890", "0123456789", "12345678910", "123456789012", "0987654321", "9876543210", "1q2w3e4r5t", "1q2w3e4r5t6y",
        "1qaz2wsx3edc", "q1w2e3r4t5", "a1b2c3d4e5", "abc123abc123", "123qweasdzxc", "qwe123qwe123", "1234qwerasdf", "zaq12wsxcde3",
        "1qaz!qaz2wsx@wsx", "1234567890123456", "12345678901234567890", "trustno1trustno1",
    }.ToFrozenSet();

    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        var core = lower.TrimEnd("0123456789!@#$%^&*()-_=+.,?~ ".ToCharArray());
        return Exact.Contains(lower) || Words.Contains(lower) || Words.Contains(core) || Words.Contains(Plain(lower)) || Words.Contains(Plain(core));
    }

    private static string Plain(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = source[i] switch
            {
                '0' => 'o',
                '1' or '!' => 'i',
                '3' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' => 't',
                var other => other,
            };
        }
    });
}
