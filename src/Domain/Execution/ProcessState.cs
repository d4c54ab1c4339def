namespace Actors.Domain.Execution;

/// <summary>What a process keeps: tokens by key in the order of their first insertion.</summary>
internal sealed class ProcessState
{
    private readonly OrderedDictionary<string, Token> _entries = new(StringComparer.Ordinal);

    public int Count => _entries.Count;

    public OrderedDictionary<string, Token> Entries => _entries;

    public Token? Find(string key) => _entries.GetValueOrDefault(key);

    public void Apply(StateChanges changes)
    {
        if (changes.Cleared)
        {
            _entries.Clear();
        }

        foreach (var (key, token) in changes.Entries)
        {
            if (token is null)
            {
                _entries.Remove(key);
            }
            else
            {
                _entries[key] = token;
            }
        }
    }
}

/// <summary>What one firing changes of its process's state.</summary>
public sealed class StateChanges
{
    private readonly OrderedDictionary<string, Token?> _entries = new(StringComparer.Ordinal);

    /// <summary>Whether everything that was there before is gone.</summary>
    public bool Cleared { get; private set; }

    public bool IsEmpty => !Cleared && _entries.Count == 0;

    /// <summary>Key to new value, null for a key that is removed.</summary>
    public OrderedDictionary<string, Token?> Entries => _entries;

    public void Set(string key, Token? token) => _entries[key] = token;

    public void Clear()
    {
        Cleared = true;
        _entries.Clear();
    }

    internal void Reset()
    {
        Cleared = false;
        if (_entries.Count > 0)
        {
            _entries.Clear();
        }
    }
}
