namespace Actors.Frontend.Operations.Metrics;

/// <summary>The values of up to three tags as they were measured: a key that is made and compared without allocating.</summary>
internal readonly record struct LabelValues(object? First, object? Second, object? Third)
{
    public const int Maximum = 3;

    public static LabelValues Read(MetricLabel[] labels, ReadOnlySpan<KeyValuePair<string, object?>> tags) => new(
        Find(labels, 0, tags),
        Find(labels, 1, tags),
        Find(labels, 2, tags));

    public bool Equals(LabelValues other) => Equals(First, other.First) && Equals(Second, other.Second) && Equals(Third, other.Third);

    public override int GetHashCode() => HashCode.Combine(First, Second, Third);

    public string[] ToText(int count)
    {
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = Convert.ToString(i switch { 0 => First, 1 => Second, _ => Third }, System.Globalization.CultureInfo.InvariantCulture) ?? "";
        return texts;
    }

    private static object? Find(MetricLabel[] labels, int index, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (index >= labels.Length)
            return null;

        foreach (var tag in tags)
        {
            if (tag.Key == labels[index].Tag)
                return tag.Value;
        }

        return null;
    }
}
