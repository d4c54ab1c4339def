namespace Actors.Components.Tests.Host;

/// <summary>A state in memory, in the order of first insertion.</summary>
internal sealed class TestState : IProcessState
{
    private readonly List<KeyValuePair<string, Token>> _entries = [];

    public int Count => _entries.Count;

    public IEnumerable<KeyValuePair<string, Token>> Entries => [.. _entries];

    public Token? this[string key]
    {
        get => _entries.Find(entry => entry.Key == key).Value;
        set
        {
            var at = _entries.FindIndex(entry => entry.Key == key);
            if (value is null)
                Remove(key);
            else if (at < 0)
                _entries.Add(KeyValuePair.Create(key, value));
            else
                _entries[at] = KeyValuePair.Create(key, value);
        }
    }

    public void Remove(string key) => _entries.RemoveAll(entry => entry.Key == key);

    public void Clear() => _entries.Clear();
}
