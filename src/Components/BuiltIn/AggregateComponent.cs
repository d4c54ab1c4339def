using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;
using Actors.Domain.Json;

namespace Actors.Components.BuiltIn;

/// <summary>
/// One figure of many tokens, or of the elements of a single list; with <c>groupBy</c> a list of
/// <c>{"key", "value", "count"}</c>, in the order in which the keys first came.
/// </summary>
internal sealed class AggregateComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("aggregate");

    public IProcess Create(ProcessSettings settings) => new Process(
        Aggregation.Find(settings.RequiredText("operation")) ?? throw PropertyReading.Invalid("operation", "is unknown"),
        settings.Expression("field"),
        settings.Expression("groupBy"));

    private sealed class Process(Func<List<JsonElement>, Token> compute, Expression? field, Expression? groupBy) : ISyncProcess
    {
        public void Fire(ISyncFiring firing)
        {
            var items = Collected.Items(firing.All(0), out _);
            firing.Emit(groupBy is null
                ? compute([.. items.Select(Value)])
                : Token.List([.. items.GroupBy(item => groupBy.Of(item).ToToken(), Keys).Select(Group)]));
        }

        private JsonElement Value(Token item) => (field is null ? item : field.Of(item).ToToken()).Json;

        private Token Group(IGrouping<Token, Token> group)
        {
            List<JsonElement> values = [.. group.Select(Value)];
            var value = compute(values);
            return Token.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WritePropertyName("key");
                writer.Raw(group.Key);
                writer.WritePropertyName("value");
                writer.Raw(value);
                writer.WriteNumber("count", values.Count);
                writer.WriteEndObject();
            });
        }

        private static IEqualityComparer<Token> Keys { get; } = EqualityComparer<Token>.Create(
            (left, right) => JsonIdentity.Of(left!.Json) == JsonIdentity.Of(right!.Json), token => JsonIdentity.Of(token.Json).GetHashCode(StringComparison.Ordinal));
    }
}
