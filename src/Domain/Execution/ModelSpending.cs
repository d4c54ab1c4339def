namespace Actors.Domain.Execution;

/// <summary>What was asked of language models.</summary>
/// <param name="Billionths">The cost in billionths of the price table's currency, which a token may cost few of.</param>
public readonly record struct ModelSpending(long InputTokens, long OutputTokens, long Billionths)
{
    private const decimal PerUnit = 1_000_000_000;

    public ModelSpending(long inputTokens, long outputTokens, decimal cost)
        : this(inputTokens, outputTokens, (long)Math.Min(Math.Max(0, cost) * PerUnit, long.MaxValue))
    {
    }

    /// <summary>The cost in the price table's currency.</summary>
    public decimal Cost => Billionths / PerUnit;

    public static ModelSpending operator +(ModelSpending one, ModelSpending other) => Add(one, other);

    public static ModelSpending Add(ModelSpending one, ModelSpending other) =>
        new(one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens, one.Billionths + other.Billionths);
}
