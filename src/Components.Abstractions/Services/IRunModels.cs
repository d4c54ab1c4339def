namespace Actors.Components.Services;

/// <summary>Language models, as the installation routes them: limits, budgets, caching and usage are the host's business.</summary>
public interface IRunModels
{
    /// <exception cref="ComponentException">No model answers (<c>model_unavailable</c>), or the budget is reached (<c>budget_exhausted</c>, not retryable).</exception>
    ValueTask<ModelReply> AskAsync(ModelRequest request, CancellationToken cancellationToken);
}

/// <param name="Models">Provider and model, in the order in which they are tried; the project's routing when empty.</param>
/// <param name="Schema">The JSON Schema that the answer must fit; null for plain text.</param>
/// <param name="MaximumTokens">Of the answer; null for the model's own limit.</param>
/// <param name="Budget">In the price table's currency; null for none beside the project's.</param>
public sealed record ModelRequest(
    string? System,
    string Prompt,
    IReadOnlyList<string> Models,
    Token? Schema = null,
    double? Temperature = null,
    int? MaximumTokens = null,
    decimal? Budget = null,
    bool Cache = true);

/// <param name="Model">Which one answered.</param>
/// <param name="Cost">In the price table's currency.</param>
public sealed record ModelReply(string Text, string Model, int InputTokens, int OutputTokens, decimal Cost);
