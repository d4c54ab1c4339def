namespace Actors.Domain.Interchange.Png;

/// <summary>Cuts a line into dashes.</summary>
internal static class Dashes
{
    /// <summary>The pieces that one line may become; a longer one is drawn whole.</summary>
    private const double Most = 20_000;

    public static IEnumerable<List<(double X, double Y)>> Of(List<(double X, double Y)> line, double dash, double gap)
    {
        var length = line.Zip(line.Skip(1), (from, to) => Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)))).Sum();
        if (length / (dash + gap) > Most)
        {
            yield return line;
            yield break;
        }

        var (left, drawn) = (dash, true);
        var part = new List<(double X, double Y)> { line[0] };
        for (var i = 1; i < line.Count; i++)
        {
            var (from, to) = (line[i - 1], line[i]);
            var rest = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
            while (rest > left)
            {
                from = (from.X + ((to.X - from.X) * left / rest), from.Y + ((to.Y - from.Y) * left / rest));
                rest -= left;
                if (drawn)
                {
                    part.Add(from);
                    yield return part;
                }

                part = [from];
                (left, drawn) = (drawn ? gap : dash, !drawn);
            }

            left -= rest;
            part.Add(to);
        }

        if (drawn)
        {
            yield return part;
        }
    }
}
