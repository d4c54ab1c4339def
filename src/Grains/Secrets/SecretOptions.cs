namespace Actors.Grains.Secrets;

/// <summary>Section <c>Secrets</c>.</summary>
public sealed class SecretOptions
{
    public const string Section = "Secrets";

    /// <summary>
    /// The key that seals: 32 bytes in base 64. Servers that share a database must share it. Empty takes the keys in
    /// <c>secrets.key</c> in the data folder, which is made on the first start.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>Keys that sealed before, which still open what they sealed. Default none.</summary>
    public IReadOnlyList<string> PreviousKeys { get; set; } = [];

    /// <summary>The rules that are broken, each naming the option, but never a key.</summary>
    public IEnumerable<string> Validate()
    {
        if (Key.Length > 0 && SecretKeys.Decode(Key) is null)
            yield return $"{Section}:{nameof(Key)} is no key; it must be {SecretKeys.KeyBytes} bytes in base 64.";

        for (var i = 0; i < PreviousKeys.Count; i++)
        {
            if (SecretKeys.Decode(PreviousKeys[i]) is null)
                yield return $"{Section}:{nameof(PreviousKeys)}:{i} is no key; it must be {SecretKeys.KeyBytes} bytes in base 64.";
        }
    }
}
