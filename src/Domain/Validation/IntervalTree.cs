namespace Actors.Domain.Validation;

/// <summary>
/// Which of many intervals, that come and go, overlaps a given one: a tree over their beginnings in which each part knows
/// the interval that ends last. Each question and each change costs the logarithm of their number.
/// </summary>
internal sealed class IntervalTree
{
    private const double Nothing = double.NegativeInfinity;

    private readonly double[] _beginnings;
    private readonly double[] _latest;
    private readonly int _leaves;

    /// <param name="beginnings">Of all intervals that will ever be in it, in rising order; an interval is known by its place here.</param>
    public IntervalTree(double[] beginnings)
    {
        _beginnings = beginnings;
        for (_leaves = 1; _leaves <= beginnings.Length; _leaves *= 2)
        {
        }

        _latest = new double[2 * _leaves];
        Array.Fill(_latest, Nothing);
    }

    public void Add(int place, double end) => Set(place, end);

    public void Remove(int place) => Set(place, Nothing);

    /// <summary>The place of an interval that begins before <paramref name="end"/> and ends after <paramref name="beginning"/>; -1 when there is none.</summary>
    public int Overlapping(double beginning, double end)
    {
        var (low, high) = (0, _beginnings.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _beginnings[middle] < end ? (middle + 1, high) : (low, middle);
        }

        return FindBefore(low, beginning);
    }

    /// <summary>The last place before <paramref name="count"/> whose interval ends after <paramref name="beginning"/>.</summary>
    private int FindBefore(int count, double beginning)
    {
        for (var node = _leaves + count; node > 1; node /= 2)
        {
            if (node % 2 == 1 && _latest[node - 1] > beginning)
            {
                for (node--; node < _leaves;)
                {
                    node = _latest[(2 * node) + 1] > beginning ? (2 * node) + 1 : 2 * node;
                }

                return node - _leaves;
            }
        }

        return -1;
    }

    private void Set(int place, double end)
    {
        var node = _leaves + place;
        _latest[node] = end;
        for (node /= 2; node > 0; node /= 2)
        {
            _latest[node] = Math.Max(_latest[2 * node], _latest[(2 * node) + 1]);
        }
    }
}
