using System.Collections.Immutable;

namespace Actors.Domain.Designs;

/// <summary>Who wrote a path last, and in which revision. What lies below without a stamp of its own was written with it.</summary>
/// <param name="Path">See <see cref="PropertyPath"/>; the empty path stands for the creation.</param>
/// <param name="Author">Place in the design's table of authors, or <see cref="Stamps.Several"/>.</param>
internal readonly record struct Stamp(string Path, int Author, long Revision);

/// <summary>
/// The stamps of one node, one connection or the design. A write drops the stamps below its path, so the writer of a
/// path is the nearest stamp at or above it.
/// </summary>
internal static class Stamps
{
    /// <summary>Nobody in particular: too many paths to tell apart, so that nobody's undo touches them.</summary>
    public const int Several = -1;

    public static ImmutableArray<Stamp> Created(int author, long revision) => [new(PropertyPath.Whole, author, revision)];

    public static ImmutableArray<Stamp> Write(ImmutableArray<Stamp> stamps, ImmutableArray<string> paths, int author, long revision)
    {
        var kept = 0;
        foreach (var stamp in stamps)
        {
            kept += Covered(stamp.Path, paths) ? 0 : 1;
        }

        var result = new Stamp[kept + paths.Length];
        var next = 0;
        foreach (var stamp in stamps)
        {
            if (!Covered(stamp.Path, paths))
            {
                result[next++] = stamp;
            }
        }

        foreach (var path in paths)
        {
            result[next++] = new Stamp(path, author, revision);
        }

        return result.Length > DesignRetention.StampsPerItem
            ? Collapse(result)
            : System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    /// <summary>The stamps when paths have their former values again: those of that time, as far as the paths reach.</summary>
    /// <param name="former">The stamps of the time to which the values belong.</param>
    public static ImmutableArray<Stamp> Restore(ImmutableArray<Stamp> stamps, ImmutableArray<string> paths, ImmutableArray<Stamp> former)
    {
        var result = stamps.Where(stamp => !Covered(stamp.Path, paths)).ToList();
        foreach (var path in paths)
        {
            var writer = Nearest(former, path) with { Path = path };
            if (writer != Nearest([.. result], path) with { Path = path })
            {
                result.Add(writer);
            }

            result.AddRange(former.Where(stamp => stamp.Path.Length > path.Length && PropertyPath.IsAtOrBelow(stamp.Path, path)));
        }

        return result.Count > DesignRetention.StampsPerItem ? Collapse([.. result]) : [.. result];
    }

    /// <summary>Whether nobody but that author has written the path or anything below it since the revision, in which the author wrote.</summary>
    public static bool IsUntouched(ImmutableArray<Stamp> stamps, string path, int author, long since)
    {
        foreach (var stamp in stamps)
        {
            if (IsForeign(stamp, author, since) && stamp.Path.Length > path.Length && PropertyPath.IsAtOrBelow(stamp.Path, path))
            {
                return false;
            }
        }

        return !IsForeign(Nearest(stamps, path), author, since);
    }

    /// <inheritdoc cref="IsUntouched(ImmutableArray{Stamp}, string, int, long)"/>
    public static bool IsUntouched(ImmutableArray<Stamp> stamps, int author, long since)
    {
        foreach (var stamp in stamps)
        {
            if (IsForeign(stamp, author, since))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The newest revision that wrote the path or something below it.</summary>
    public static long LastRevision(ImmutableArray<Stamp> stamps, string path)
    {
        var last = Nearest(stamps, path).Revision;
        foreach (var stamp in stamps)
        {
            if (stamp.Revision > last && PropertyPath.IsAtOrBelow(stamp.Path, path))
            {
                last = stamp.Revision;
            }
        }

        return last;
    }

    private static Stamp Nearest(ImmutableArray<Stamp> stamps, string path)
    {
        var nearest = stamps[0];
        foreach (var stamp in stamps)
        {
            if (stamp.Path.Length >= nearest.Path.Length && PropertyPath.IsAtOrBelow(path, stamp.Path))
            {
                nearest = stamp;
            }
        }

        return nearest;
    }

    private static bool IsForeign(Stamp stamp, int author, long since) => stamp.Author != author && stamp.Revision >= since;

    private static bool Covered(string path, ImmutableArray<string> paths)
    {
        foreach (var written in paths)
        {
            if (PropertyPath.IsAtOrBelow(path, written))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One stamp for each field that has many: a bound on what a patient writer of ever new names can make us keep.</summary>
    private static ImmutableArray<Stamp> Collapse(Stamp[] stamps)
    {
        var crowded = stamps.Where(stamp => stamp.Path.Contains('/')).Select(stamp => PropertyPath.Field(stamp.Path).ToString()).ToHashSet();
        var rest = stamps.Where(stamp => !crowded.Contains(PropertyPath.Field(stamp.Path).ToString()));
        var merged = crowded.Order(StringComparer.Ordinal).Select(field =>
            new Stamp(field, Several, stamps.Where(stamp => PropertyPath.IsAtOrBelow(stamp.Path, field)).Max(stamp => stamp.Revision)));
        return [.. rest, .. merged];
    }
}
