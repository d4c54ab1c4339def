using System.Collections.Immutable;

namespace Actors.Domain;

/// <summary>
/// An expected "no": a value, never an exception. The same record becomes a problem document over REST and the
/// <c>error</c> of a refused result over the hub.
/// </summary>
/// <param name="Code">A stable code of <see cref="ErrorCodes"/>, documented in docs/errors.md.</param>
/// <param name="Detail">What was wrong, in a sentence that names the field and the rule.</param>
/// <param name="Index">The place of the offending operation in its batch.</param>
/// <param name="Retryable">Whether the same request may succeed later without being changed.</param>
/// <param name="Errors">For validation: field name to messages.</param>
/// <param name="RetryAt">From when on the same request may succeed, where that is known.</param>
public sealed record Refusal(
    string Code,
    string Detail,
    int? Index = null,
    bool Retryable = false,
    ImmutableDictionary<string, ImmutableArray<string>>? Errors = null,
    DateTimeOffset? RetryAt = null)
{
    /// <summary>A refusal of one field's value by one rule.</summary>
    public static Refusal Field(string field, string rule, string code = ErrorCodes.ValidationFailed) =>
        new(code, $"{field}: {rule}", Errors: ImmutableDictionary<string, ImmutableArray<string>>.Empty.Add(field, [rule]));
}
