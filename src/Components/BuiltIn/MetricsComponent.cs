using System.Runtime.CompilerServices;
using System.Text.Json;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>Counts or measures. The token passes on.</summary>
internal sealed class MetricsComponent : IComponent
{
    private const int MaximumNameLength = 100;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("metrics");

    public IProcess Create(ProcessSettings settings)
    {
        var name = settings.RequiredText("name");
        if (name.Length is 0 or > MaximumNameLength || !char.IsAsciiLetter(name[0]) || !name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '.' or '_' or '-'))
        {
            throw PropertyReading.Invalid("name", $"must have 1 to {MaximumNameLength} letters, digits, dots, dashes or underscores, a letter first");
        }

        var value = settings.Find("value") switch
        {
            null => (null, 1),
            { ValueKind: JsonValueKind.Number } number => (null, number.GetDouble()),
            { ValueKind: JsonValueKind.String } text => ((Expression?)PropertyReading.ParseExpression(text.GetString()!, "value"), 0d),
            _ => throw PropertyReading.Invalid("value", "must be an expression or a number"),
        };
        return new Process(settings.Text("kind") ?? "counter", name, value.Item1, value.Item2, settings.Templates("tags"));
    }

    private sealed class Process(string kind, string name, Expression? value, double constant, KeyValuePair<string, Template>[] tags) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var figure = value is null ? constant : NumberOf(value.Of(token).ToToken());
            var named = tags.ToDictionary(tag => tag.Key, tag => tag.Value.Of(token), StringComparer.Ordinal);

            // Recorded as done, so that a firing that is started again does not count twice.
            await context.ChooseAsync(
                _ =>
                {
                    context.Service<IRunMetrics>().Record(kind, name, figure, named);
                    return ValueTask.FromResult(Token.Null);
                },
                stub: Token.Null);
            yield return token;
        }

        private double NumberOf(Token figure)
        {
            var number = figure.Json.ValueKind switch
            {
                JsonValueKind.Number => figure.Json.GetDouble(),
                JsonValueKind.String when double.TryParse(
                    figure.Json.GetString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var parsed) => parsed,
                _ => double.NaN,
            };
            return double.IsFinite(number) && !(kind == "counter" && number < 0)
                ? number
                : throw new ComponentException(ErrorCodes.NotNumber, $"The value of '{name}' is no number that a {kind} takes: {figure.Preview(100)}", retryable: false);
        }
    }
}
