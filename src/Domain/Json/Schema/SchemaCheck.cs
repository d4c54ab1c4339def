using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Actors.Domain.Json.Schema;

/// <summary>One validation under way: where it is, what it found and what it may still spend.</summary>
/// <param name="quiet">Whether only the answer counts, not the reasons.</param>
internal sealed class SchemaCheck(bool quiet)
{
    private readonly List<string> _path = [];
    private readonly ImmutableArray<JsonSchemaError>.Builder _errors = ImmutableArray.CreateBuilder<JsonSchemaError>();
    private int _quiet = quiet ? 1 : 0;
    private int _steps = JsonSchemaLimits.Steps;
    private int _depth;

    public bool IsExhausted { get; private set; }

    public ImmutableArray<JsonSchemaError> Errors => _errors.ToImmutable();

    /// <summary>Whether the first failure is the answer.</summary>
    public bool EndsEarly => _quiet > 0 || IsExhausted || _errors.Count == JsonSchemaLimits.Errors;

    /// <summary>Pays for work before it is done; false when that is more than is left.</summary>
    public bool Spend(int steps = 1)
    {
        if (IsExhausted || steps > _steps)
        {
            IsExhausted = true;
            return false;
        }

        _steps -= steps;
        return true;
    }

    public bool Check(SchemaNode node, JsonElement value)
    {
        if (!Spend())
        {
            return false;
        }

        if (node.IsNever)
        {
            return Fail("false", "must not be there");
        }

        if (_depth == JsonSchemaLimits.Depth)
        {
            IsExhausted = true;
            return false;
        }

        _depth++;
        var fits = true;
        foreach (var rule in node.Rules)
        {
            fits &= rule.Holds(value, this);
            if (!fits && EndsEarly)
            {
                break;
            }
        }

        _depth--;
        return fits;
    }

    /// <summary>Asks about a member or an element.</summary>
    public bool CheckChild(SchemaNode node, JsonElement value, string name)
    {
        _path.Add(name);
        var fits = Check(node, value);
        _path.RemoveAt(_path.Count - 1);
        return fits;
    }

    /// <inheritdoc cref="CheckChild(SchemaNode, JsonElement, string)"/>
    public bool CheckChild(SchemaNode node, JsonElement value, int index) =>
        _quiet > 0 ? Check(node, value) : CheckChild(node, value, index.ToString(CultureInfo.InvariantCulture));

    /// <summary>Asks without keeping the reasons.</summary>
    public bool Fits(SchemaNode node, JsonElement value)
    {
        _quiet++;
        var fits = Check(node, value);
        _quiet--;
        return fits;
    }

    /// <summary>Notes a failure here, and answers false.</summary>
    public bool Fail(string keyword, string message)
    {
        if (_quiet == 0 && _errors.Count < JsonSchemaLimits.Errors)
        {
            _errors.Add(new JsonSchemaError(string.Concat(_path.Select(name => "/" + Escape(name))), keyword, message));
        }

        return false;
    }

    /// <summary>A failure whose message is only made when somebody reads it.</summary>
    public bool Fail(string keyword, Func<string> message) => _quiet > 0 ? false : Fail(keyword, message());

    /// <summary>A name as a part of a JSON Pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
