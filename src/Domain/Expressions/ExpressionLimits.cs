namespace Actors.Domain.Expressions;

/// <summary>What keeps an expression small and its evaluation short. Constants, so that a recorded run means the same everywhere.</summary>
public static class ExpressionLimits
{
    /// <summary>Longest text of an expression, in UTF-16 units.</summary>
    public const int Length = 4_096;

    /// <summary>How deep parentheses, calls and filters may nest.</summary>
    public const int Depth = 64;

    /// <summary>Steps of one evaluation: each operator, call, path segment and visited element is one, and text costs by its length.</summary>
    public const int Steps = 1_000_000;

    /// <summary>Longest text that an evaluation may make, in UTF-16 units.</summary>
    public const int TextLength = 1_000_000;
}
