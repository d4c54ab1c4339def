using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>
/// An immutable map that forgets, in two generations as <see cref="BoundedStack{T}"/>: it keeps the newest
/// <c>capacity</c> keys at least and twice as many at most.
/// </summary>
internal sealed class RecentMap<TKey, TValue>(int capacity, ImmutableDictionary<TKey, TValue> young, ImmutableDictionary<TKey, TValue> old)
    where TKey : notnull
{
    public RecentMap(int capacity)
        : this(capacity, ImmutableDictionary<TKey, TValue>.Empty, ImmutableDictionary<TKey, TValue>.Empty)
    {
    }

    public ImmutableDictionary<TKey, TValue> Young => young;

    public ImmutableDictionary<TKey, TValue> Old => old;

    public bool TryGet(TKey key, out TValue? value) => young.TryGetValue(key, out value) || old.TryGetValue(key, out value);

    public RecentMap<TKey, TValue> Add(TKey key, TValue value) => young.Count < capacity
        ? new(capacity, young.SetItem(key, value), old)
        : new(capacity, ImmutableDictionary<TKey, TValue>.Empty.Add(key, value), young);
}
