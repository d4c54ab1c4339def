using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Actors.Domain.Expressions;

/// <summary>All functions of the language.</summary>
public static class ExpressionFunctions
{
    private static readonly FrozenDictionary<string, ExpressionFunction> ByName =
        TextFunctions.All.Concat(NumberFunctions.All).Concat(ListFunctions.All).ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>For documentation and editors, in the order of their names.</summary>
    public static ImmutableArray<ExpressionFunctionDescription> All { get; } =
    [
        .. ByName.Values.OrderBy(function => function.Name, StringComparer.Ordinal)
            .Select(function => new ExpressionFunctionDescription(function.Name, function.Signature, function.Summary)),
    ];

    internal static ExpressionFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
