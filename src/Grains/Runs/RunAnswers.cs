using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Grains.Interfaces.Runs;
using Actors.Grains.Runs.Services;

namespace Actors.Grains.Runs;

/// <summary>What people may answer to what a run asks, and how that is kept: with who answered and when, as the server knows it.</summary>
internal static class RunAnswers
{
    /// <summary>Characters of a comment.</summary>
    public const int MaximumComment = 4_000;

    private static readonly Refusal NotForPeople = new(ErrorCodes.RunAnswerForbidden, "The run waits for another run, not for a person.");
    private static readonly Refusal NotAsked = new(ErrorCodes.RunAnswerForbidden, "Only those whom the approval names, or an owner of the project, may answer.");

    /// <summary>The answer to journal, or why there is none.</summary>
    /// <param name="kind">Who is asked.</param>
    /// <param name="details">What they are asked.</param>
    /// <param name="given">The answer, and whose it is.</param>
    /// <param name="at">Now.</param>
    public static (Token? Answer, Refusal? Refusal) Read(string kind, Token details, PersonAnswer given, DateTimeOffset at)
    {
        if (!RunApprovals.IsForPeople(kind))
        {
            return (null, NotForPeople);
        }

        var assignees = RunApprovals.Assignees(details);
        if (!assignees.IsEmpty && !given.IsOwner && !assignees.Contains(given.By))
        {
            return (null, NotAsked);
        }

        var (decision, more) = kind == RunApprovals.Approval ? ("approved", "comment") : ("happened", "outcome");
        var json = given.Answer.Json;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(decision, out var decided) || decided.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return (null, Refusal.Field(decision, "must be true or false"));
        }

        var has = json.TryGetProperty(more, out var said) && said.ValueKind != JsonValueKind.Null;
        if (has && kind == RunApprovals.Approval && (said.ValueKind != JsonValueKind.String || said.GetString()!.Length > MaximumComment))
        {
            return (null, Refusal.Field(more, $"must be text of at most {MaximumComment} characters"));
        }

        return (Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean(decision, decided.ValueKind == JsonValueKind.True);
            if (has)
            {
                writer.WritePropertyName(more);
                said.WriteTo(writer);
            }

            writer.WriteString("by", given.By);
            writer.WriteString("at", at.UtcDateTime);
            writer.WriteEndObject();
        }), null);
    }
}
