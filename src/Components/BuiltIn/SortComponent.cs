using System.Text.Json;
using Actors.Components.Reading;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Tokens in order, one by one; or the elements of a single list, as a list. Equal ones keep their order, descending too.
/// Values of different kinds have an order as well: see <see cref="ValueOrder"/>.
/// </summary>
internal sealed class SortComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("sort");

    public IProcess Create(ProcessSettings settings) => new Process(
        settings.Expression("field") ?? settings.Expression("by"),
        settings.Flag("descending") || settings.Text("direction") == "descending");

    private sealed class Process(Expression? field, bool descending) : ISyncProcess
    {
        private const string Position = "position";

        private Token[]? _sorted;
        private bool _isList;

        public void Fire(ISyncFiring firing)
        {
            var sorted = _sorted ??= Sort(Collected.Items(firing.All(0), out _isList));
            if (_isList)
            {
                firing.Emit(Token.List(sorted));
                return;
            }

            var from = firing.State[Position] is { } position ? position.Json.GetInt32() : 0;
            var to = Math.Min(sorted.Length, from + Pieces.Size);
            for (var i = from; i < to; i++)
            {
                firing.Emit(sorted[i]);
            }

            if (to < sorted.Length)
            {
                firing.State[Position] = Token.Of(to);
                firing.Again();
            }
        }

        private Token[] Sort(Token[] items)
        {
            var keyed = items.Select(item => (Item: item, Key: Key(item)));
            return [.. (descending ? keyed.OrderByDescending(pair => pair.Key, ValueOrder.Instance) : keyed.OrderBy(pair => pair.Key, ValueOrder.Instance)).Select(pair => pair.Item)];
        }

        private JsonElement Key(Token item) => (field is null ? item : field.Of(item).ToToken()).Json;
    }
}
