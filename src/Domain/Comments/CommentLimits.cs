namespace Actors.Domain.Comments;

/// <summary>Section <c>Comments</c>: how much may be said about a design.</summary>
public sealed class CommentLimits
{
    public const string Section = "Comments";

    /// <summary>Characters of one comment. Default 5000.</summary>
    public int TextLength { get; set; } = 5_000;

    /// <summary>Accounts that one comment mentions. Default 20.</summary>
    public int MentionsPerComment { get; set; } = 20;

    /// <summary>Threads of one design. Default 1000.</summary>
    public int ThreadsPerDesign { get; set; } = 1_000;

    /// <summary>Comments of one thread, deleted ones that keep their place included. Default 500.</summary>
    public int CommentsPerThread { get; set; } = 500;

    /// <summary>Comments of one design. Default 5000.</summary>
    public int CommentsPerDesign { get; set; } = 5_000;

    /// <summary>The rules that are broken, each naming the option and its value.</summary>
    public IEnumerable<string> Validate()
    {
        foreach (var (name, value, maximum) in new[]
        {
            (nameof(TextLength), TextLength, 100_000),
            (nameof(MentionsPerComment), MentionsPerComment, 100),
            (nameof(ThreadsPerDesign), ThreadsPerDesign, 10_000),
            (nameof(CommentsPerThread), CommentsPerThread, 10_000),
            (nameof(CommentsPerDesign), CommentsPerDesign, 50_000),
        })
        {
            if (value < 1 || value > maximum)
                yield return $"{Section}:{name} is {value}; it must be from 1 to {maximum}.";
        }
    }
}
