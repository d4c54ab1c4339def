namespace Actors.Domain.Expressions;

/// <summary>A function of the language.</summary>
/// <param name="Name">What it is called by.</param>
/// <param name="Minimum">Fewest arguments.</param>
/// <param name="Maximum">Most arguments.</param>
/// <param name="Signature">For people: <c>substring(text, from, length?)</c>.</param>
/// <param name="Summary">What it gives.</param>
/// <param name="Apply">Total: what makes no sense is null. Pays for work that grows with its input.</param>
internal sealed record ExpressionFunction(
    string Name,
    int Minimum,
    int Maximum,
    string Signature,
    string Summary,
    Func<ExpressionValue[], Evaluation, ExpressionValue> Apply);

/// <summary>A function as documentation and clients see it.</summary>
public sealed record ExpressionFunctionDescription(string Name, string Signature, string Summary);
