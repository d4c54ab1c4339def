namespace Actors.Domain.Expressions;

/// <summary>Why a text is no expression.</summary>
/// <param name="Position">Where reading stopped: an index into the text, from 0.</param>
/// <param name="Message">The rule, for people.</param>
public sealed record ExpressionError(int Position, string Message)
{
    public override string ToString() => $"{Message} (at character {Position + 1})";
}
