using System.Runtime.InteropServices;
using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>Values that travel with a call to the grains it calls, and not back. A grain's changes are its own: each call has its copy.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";

    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();
    private static long s_lastReentrancyId;

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>The call chain that may re-enter grains which allow it; empty when there is none.</summary>
    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
                Remove(ReentrancyKey);
            else
                Set(ReentrancyKey, value);
        }
    }

    /// <summary>The dictionary is never changed once set here: every change makes a new one.</summary>
    internal static Dictionary<string, object>? Current
    {
        get => Values.Value;
        set => Values.Value = value;
    }

    public static object? Get(string key) => Values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value) => Values.Value = Values.Value is { } values
        ? new Dictionary<string, object>(values) { [key] = value }
        : new Dictionary<string, object>(1) { [key] = value };

    public static bool Remove(string key)
    {
        if (Values.Value is not { } values || !values.ContainsKey(key))
            return false;
        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        Values.Value = rest.Count == 0 ? null : rest;
        return true;
    }

    public static void Clear()
    {
        if (Values.Value is not null)
            Values.Value = null;
    }

    /// <summary>Until it is disposed, calls made from here may re-enter this grain, directly or through other grains.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var outer = ReentrancyId;
        return new ReentrancySection(outer, outer == Guid.Empty ? NextReentrancyId() : outer);
    }

    /// <summary>Until it is disposed, calls made from here re-enter nobody.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    internal static Guid ReentrancyIdOf(Dictionary<string, object>? values) =>
        values is not null && values.TryGetValue(ReentrancyKey, out var value) && value is Guid id ? id : Guid.Empty;

    // Uniqueness in this process is all that is asked, and no random source is at hand.
    private static Guid NextReentrancyId()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref s_lastReentrancyId));
        return new Guid(bytes);
    }

    /// <summary>A stretch of code with its own rule of re-entry.</summary>
    [StructLayout(LayoutKind.Auto)]
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _outer;
        private readonly Guid _inner;

        internal ReentrancySection(Guid outer, Guid inner)
        {
            _outer = outer;
            _inner = inner;
            if (inner != outer)
                ReentrancyId = inner;
            if (inner != Guid.Empty)
                Activation.Current?.EnterReentrantSection(inner);
        }

        public void Dispose()
        {
            if (_inner != Guid.Empty)
                Activation.Current?.ExitReentrantSection(_inner);
            if (_inner != _outer)
                ReentrancyId = _outer;
        }
    }
}
