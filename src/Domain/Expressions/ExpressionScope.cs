using System.Collections.Immutable;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>What an expression sees.</summary>
/// <param name="Root">The value that <c>$</c> names; a bare name is one of its members.</param>
/// <param name="Variables">Values of the variables that the expression was parsed with, in their order.</param>
public readonly record struct ExpressionScope(JsonElement Root, ImmutableArray<ExpressionValue> Variables)
{
    public ExpressionScope(JsonElement root)
        : this(root, [])
    {
    }
}
