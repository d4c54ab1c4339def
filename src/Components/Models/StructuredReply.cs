using System.Text;
using Actors.Domain.Json.Schema;

namespace Actors.Components.Models;

/// <summary>Asks for a value that fits a schema. A reply that does not is sent back once with what is wrong with it.</summary>
internal sealed class StructuredReply(ModelQuestions questions, JsonSchema schema, Token schemaText)
{
    private const int NamedErrors = 10;

    /// <exception cref="ComponentException">
    /// The second reply does not fit either: <c>answer_invalid</c>. Not retryable: the replies are recorded, and another attempt
    /// of the firing would only read them again.
    /// </exception>
    /// <param name="context">The firing's.</param>
    /// <param name="system">What the component says when the node has no system prompt of its own.</param>
    /// <param name="prompt">The question.</param>
    /// <param name="stub">What a dry run answers when no earlier run recorded a reply.</param>
    public async ValueTask<Token> AskAsync(IExecutionContext context, string system, string prompt, Token stub)
    {
        var (reply, isStub) = await questions.AskAsync(context, system, prompt, schemaText);
        if (isStub)
        {
            return stub;
        }

        if (Read(reply, out var problem) is { } value)
        {
            return value;
        }

        var again = $"{prompt}\n\nYour last answer was not usable: {problem}\nYour last answer:\n{reply}\nAnswer again, with JSON alone that fits the schema.";
        return Read((await questions.AskAsync(context, system, again, schemaText)).Text, out problem)
            ?? throw new ComponentException(ErrorCodes.AnswerInvalid, $"The model's answer is not usable, nor was its repair: {problem}", retryable: false);
    }

    private Token? Read(string reply, out string problem)
    {
        if (!Token.TryParse(Encoding.UTF8.GetBytes(Unwrapped(reply)), out var value))
        {
            problem = "it is no JSON value.";
            return null;
        }

        var report = schema.Validate(value.Json);
        problem = report.IsExhausted ? "it is too large to be checked." : string.Join("; ", report.Errors.Take(NamedErrors)) + ".";
        return report.IsValid ? value : null;
    }

    /// <summary>The JSON in a reply: models like to fence it, or to say something before it.</summary>
    private static string Unwrapped(string reply)
    {
        var text = reply.Trim();
        var fence = text.IndexOf("```", StringComparison.Ordinal);
        if (fence >= 0)
        {
            var begin = text.IndexOf('\n', fence);
            var end = begin < 0 ? -1 : text.IndexOf("```", begin, StringComparison.Ordinal);
            return end < 0 ? text : text[begin..end].Trim();
        }

        var first = text.AsSpan().IndexOfAny('{', '[');
        var last = text.AsSpan().LastIndexOfAny('}', ']');
        return first > 0 && last > first && text[0] is not ('"' or '-') && !char.IsAsciiDigit(text[0]) ? text[first..(last + 1)] : text;
    }
}
