using Orleans.Embedded;

namespace Orleans.Runtime
{
    /// <summary>Settings of a grain's enumeration.</summary>
    public static class AsyncEnumerableExtensions
    {
        /// <summary>At most so many items are handed over at once; default 100. Without effect on what is not a grain's answer.</summary>
        public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBatchSize);
            if (self is GrainAsyncEnumerable<T> enumerable)
                enumerable.MaxBatchSize = maxBatchSize;
            return self;
        }
    }
}

namespace Orleans.Embedded
{
    /// <summary>What a caller of a grain's enumerable method holds. Nothing is sent before the first item is asked for.</summary>
    internal sealed class GrainAsyncEnumerable<T>(EnumerationRequest<T> request) : IAsyncEnumerable<T>
    {
        public int MaxBatchSize { get; set; } = 100;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            new GrainEnumerator<T>(request, MaxBatchSize, cancellationToken);
    }
}
