using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>
/// An immutable stack that forgets: two generations, of which the older is dropped when the younger is full. It keeps
/// the newest <c>capacity</c> items at least and twice as many at most, and pushes in constant time.
/// </summary>
internal sealed class BoundedStack<T>
{
    private readonly int _capacity;
    private readonly ImmutableStack<T> _young;
    private readonly ImmutableStack<T> _old;
    private readonly int _youngCount;
    private readonly int _oldCount;

    public BoundedStack(int capacity)
        : this(capacity, ImmutableStack<T>.Empty, 0, ImmutableStack<T>.Empty, 0)
    {
    }

    private BoundedStack(int capacity, ImmutableStack<T> young, int youngCount, ImmutableStack<T> old, int oldCount)
    {
        _capacity = capacity;
        _young = young;
        _youngCount = youngCount;
        _old = old;
        _oldCount = oldCount;
    }

    public int Count => _youngCount + _oldCount;

    /// <summary>How many of the items are of the younger generation.</summary>
    public int YoungCount => _youngCount;

    public BoundedStack<T> Push(T item) => _youngCount < _capacity
        ? new(_capacity, _young.Push(item), _youngCount + 1, _old, _oldCount)
        : new(_capacity, ImmutableStack<T>.Empty.Push(item), 1, _young, _youngCount);

    /// <summary>Without the newest items.</summary>
    public BoundedStack<T> Drop(int count)
    {
        var (young, youngCount, old, oldCount) = (_young, _youngCount, _old, _oldCount);
        for (; count > 0 && youngCount > 0; count--, youngCount--)
        {
            young = young.Pop();
        }

        for (; count > 0 && oldCount > 0; count--, oldCount--)
        {
            old = old.Pop();
        }

        return new(_capacity, young, youngCount, old, oldCount);
    }

    public BoundedStack<T> Clear() => Count == 0 ? this : new(_capacity);

    /// <summary>Newest first.</summary>
    public IEnumerable<T> NewestFirst() => _young.Concat(_old);

    /// <summary>The stack that <see cref="NewestFirst"/> and <see cref="YoungCount"/> describe.</summary>
    public static BoundedStack<T> Restore(int capacity, IReadOnlyList<T> newestFirst, int youngCount)
    {
        var young = newestFirst.Take(youngCount).Reverse();
        var old = newestFirst.Skip(youngCount).Reverse();
        return new(capacity, ImmutableStack.CreateRange(young), youngCount, ImmutableStack.CreateRange(old), newestFirst.Count - youngCount);
    }
}
