using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Actors.Domain.Expressions;

/// <summary>One rendering under way: the contexts that blocks opened, the text so far, and what may still be spent.</summary>
internal sealed class Rendering(ExpressionValue root, Func<string, int, string>? escape = null)
{
    /// <summary>Names that an expression between braces knows, in the order of <see cref="Variables"/>.</summary>
    public static readonly ImmutableArray<string> VariableNames = ["this", "root", "index", "key", "first", "last"];

    private readonly Evaluation _evaluation = new(root, []);
    private readonly StringBuilder _text = new();
    private readonly List<Context> _contexts = [new Context(root, 0, ExpressionValue.Null, true, true)];

    public string? Finish() => _evaluation.IsExhausted ? null : _text.ToString();

    public void Write(ImmutableArray<TemplatePart> parts)
    {
        foreach (var part in parts)
        {
            if (!_evaluation.Spend())
                return;

            Write(part);
        }
    }

    private void Write(TemplatePart part)
    {
        switch (part)
        {
            case TemplatePart.Literal literal:
                Append(literal.Text);
                break;
            case TemplatePart.Value value:
                var filled = Evaluate(value.Source).ToText();
                Append(escape is null || _evaluation.IsExhausted ? filled : escape(filled, _text.Length));
                break;
            case TemplatePart.If condition:
                Write(Evaluate(condition.Condition).IsTruthy != condition.Negated ? condition.Then : condition.Else);
                break;
            case TemplatePart.Each each:
                WriteEach(each);
                break;
            case TemplatePart.With with:
                var value2 = Evaluate(with.Source);
                if (value2.IsTruthy)
                    Within(new Context(value2, 0, ExpressionValue.Null, true, true), with.Body);
                else
                    Write(with.Else);
                break;
        }
    }

    private void WriteEach(TemplatePart.Each each)
    {
        var value = Evaluate(each.Source);
        var count = Comparison.Count(value);
        if (count == 0)
        {
            Write(each.Else);
            return;
        }

        var index = 0;
        foreach (var (key, item) in Entries(value))
        {
            if (!_evaluation.Spend())
                return;

            Within(new Context(item, index, key, index == 0, index == count - 1), each.Body);
            index++;
        }
    }

    private void Within(Context context, ImmutableArray<TemplatePart> parts)
    {
        _contexts.Add(context);
        Write(parts);
        _contexts.RemoveAt(_contexts.Count - 1);
    }

    private void Append(string text)
    {
        if (_text.Length + (long)text.Length > ExpressionLimits.TextLength || !_evaluation.Spend(text.Length / 16))
            _evaluation.Exhaust();
        else
            _text.Append(text);
    }

    private ExpressionValue Evaluate(TemplateValue source)
    {
        if (!_evaluation.Spend())
            return ExpressionValue.Null;

        switch (source)
        {
            case TemplateValue.Path path:
                return Follow(path);
            case TemplateValue.Call call:
                var arguments = new ExpressionValue[call.Arguments.Length];
                for (var i = 0; i < arguments.Length; i++)
                    arguments[i] = Evaluate(call.Arguments[i]);
                return call.Function.Apply(arguments, _evaluation);
            case TemplateValue.Computed computed:
                return computed.Expression.Evaluate(_evaluation.Within(_contexts[^1].Value, Variables()));
            default:
                return ExpressionValue.Null;
        }
    }

    private ExpressionValue Follow(TemplateValue.Path path)
    {
        var at = _contexts.Count - 1 - path.Up;
        if (at < 0)
            return ExpressionValue.Null;

        var context = _contexts[at];
        var value = path.Loop switch
        {
            null => context.Value,
            LoopName.Root => root,
            LoopName.Index => ExpressionValue.Of((decimal)context.Index),
            LoopName.Key => context.Key,
            LoopName.First => ExpressionValue.Of(context.First),
            _ => ExpressionValue.Of(context.Last),
        };
        foreach (var segment in path.Segments)
        {
            if (!_evaluation.Spend())
                return ExpressionValue.Null;

            var found = segment is PathSegment.Member member ? Member(value, member, out value) : ((PathSegment.Index)segment).TryGet(value, out value);
            if (!found)
                return ExpressionValue.Null;
        }

        return value;
    }

    // As in JavaScript, from where the notation is: a list and a text have a length.
    private static bool Member(ExpressionValue value, PathSegment.Member member, out ExpressionValue found)
    {
        if (member.TryGet(value, out found))
            return true;

        if (member.Name != "length" || (value.Kind != ExpressionValueKind.Text && !Comparison.IsList(value)))
            return false;

        found = ExpressionValue.Of((decimal)(value.Kind == ExpressionValueKind.Text ? value.AsText.Length : Comparison.Count(value)));
        return true;
    }

    private ImmutableArray<ExpressionValue> Variables()
    {
        var context = _contexts[^1];
        return [context.Value, root, ExpressionValue.Of((decimal)context.Index), context.Key, ExpressionValue.Of(context.First), ExpressionValue.Of(context.Last)];
    }

    private static IEnumerable<(ExpressionValue Key, ExpressionValue Item)> Entries(ExpressionValue value) =>
        value.Kind == ExpressionValueKind.Json && value.AsJson.ValueKind == JsonValueKind.Object
            ? value.AsJson.EnumerateObject().Select(member => (ExpressionValue.Of(member.Name), ExpressionValue.Of(member.Value)))
            : Comparison.Items(value).Select((item, index) => (ExpressionValue.Of((decimal)index), item));

    private readonly record struct Context(ExpressionValue Value, int Index, ExpressionValue Key, bool First, bool Last);
}
