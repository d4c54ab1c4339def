namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>What has broken programs before.</summary>
internal static class OddValues
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "a\0b", "null", "undefined", "NaN", "true", "-1", "0x10", "1e308", "\r\n", "a\r\nX-Injected: 1", "\t\u000b\u001f\u007f", "\u0085\u2028\u2029",
        "\ud800", "\udc00x", "\uffff\ufffe", "\ufeff", "\u202eevil", "e\u0301\u0301\u0301", "\u0130\u0131\u1e9e\ufb01", "👩‍👩‍👧‍👦", "𝕏",
        "__proto__", "constructor", "toString", "../../etc/passwd", "..\\..\\x", "C:\\x", "/", "//", ".", "..", "con", "a/b", "%2e%2e%2f", "%00", "%",
        "' or 1=1 --", "\"; drop table x", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "{0}", "%s%n", "*", "?", "#", "&", "=", "|", "`", "\\", "\"", "'",
        "usr_00000000000000000000000000", "prj_zzzzzzzzzzzzzzzzzzzzzzzzzz", "dsg_", "DSG_01M7WJGE3RTQ21MWEMVXQ20EW3", "2026-02-30T25:61:61Z", "9999-12-31T23:59:59.9999999+14:00",
        "0001-01-01T00:00:00-14:00", "a@b", "\"a b\"@[1]", "W/\"1\"", "\"", "application/json", "text/event-stream",
    ];

    /// <summary>Values as they stand in JSON, a few of them not JSON at all.</summary>
    private static readonly string[] JsonTexts =
    [
        "null", "true", "false", "0", "-0", "-1", "1.0", "1e0", "0.1", "1e308", "1e309", "-1e999", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "2147483648", "18446744073709551616", "123456789012345678901234567890123456789012345678901234567890", "0.000000000000000000000000000000000000000000000000001",
        "\"\"", "[]", "{}", "[null]", "[[[[[[[[]]]]]]]]", "{\"\":{}}", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "\"\\u0000\"", "NaN", "Infinity", "01", "+1", "1.", ".5", "'a'", "\"\\x\"", "undefined",
        "{\"$ref\":\"#\"}", "{\"__proto__\":{\"a\":1}}", "[1,2", "{\"a\":}", "\"\t\"", "// comment",
    ];

    public static string Text(Random random) => random.Next(12) switch
    {
        0 => new string('x', random.Next(300, 5_000)),
        1 => string.Concat(Enumerable.Repeat("é", random.Next(100, 1_000))),
        2 => new string((char)random.Next(1, 0xffff), random.Next(1, 5)),
        _ => Texts[random.Next(Texts.Length)],
    };

    public static string Json(Random random) => random.Next(8) switch
    {
        0 => $"\"{new string('y', random.Next(300, 20_000))}\"",
        1 => Nested(random.Next(10, 200)),
        2 => $"[{string.Join(',', Enumerable.Repeat("1", random.Next(100, 3_000)))}]",
        _ => JsonTexts[random.Next(JsonTexts.Length)],
    };

    public static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
