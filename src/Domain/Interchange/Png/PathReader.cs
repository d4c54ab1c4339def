using System.Globalization;

namespace Actors.Domain.Interchange.Png;

/// <summary>Reads the path data of SVG 2 into lines of points; curves and arcs become short lines. What follows an error is left out.</summary>
internal ref struct PathReader(ReadOnlySpan<char> data, double step)
{
    /// <summary>The points that one curve may become.</summary>
    private const int Most = 200;

    private readonly List<(List<(double X, double Y)> Points, bool Closed)> _lines = [];
    private ReadOnlySpan<char> _rest = data;
    private (double X, double Y) _at;
    private (double X, double Y) _start;
    private (double X, double Y)? _cubic;
    private (double X, double Y)? _quadratic;

    /// <param name="data">Path data.</param>
    /// <param name="step">The length of the lines that curves become.</param>
    public static List<(List<(double X, double Y)> Points, bool Closed)> Read(ReadOnlySpan<char> data, double step)
    {
        var reader = new PathReader(data, step);
        var command = '\0';
        while (reader.Command(ref command) && reader.Apply(command))
        {
            // A move that is followed by more pairs goes on as lines.
            command = command switch { 'M' => 'L', 'm' => 'l', _ => command };
        }

        return reader._lines;
    }

    private bool Command(ref char command)
    {
        Skip();
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (char.IsAsciiLetter(_rest[0]))
        {
            command = _rest[0];
            _rest = _rest[1..];
            return true;
        }

        return command is not ('\0' or 'Z' or 'z');
    }

    private bool Apply(char command)
    {
        var origin = char.IsAsciiLetterLower(command) ? _at : (X: 0, Y: 0);
        Span<double> n = stackalloc double[7];
        var kind = char.ToUpperInvariant(command);
        var count = kind switch { 'M' or 'L' or 'T' => 2, 'H' or 'V' => 1, 'C' => 6, 'S' or 'Q' => 4, 'A' => 7, 'Z' => 0, _ => -1 };
        for (var i = 0; i < count; i++)
        {
            if (!(kind == 'A' && i is 3 or 4 ? Flag(out n[i]) : Number(out n[i])))
            {
                return false;
            }
        }

        if (count < 0 || (_lines.Count == 0 && kind != 'M'))
        {
            return false;
        }

        var before = (Cubic: _cubic, Quadratic: _quadratic);
        (_cubic, _quadratic) = (null, null);
        (double X, double Y) Point(ReadOnlySpan<double> pair) => (origin.X + pair[0], origin.Y + pair[1]);
        switch (kind)
        {
            case 'M':
                _at = _start = Point(n);
                _lines.Add(([_at], false));
                break;
            case 'L':
                To(Point(n));
                break;
            case 'H':
                To((origin.X + n[0], _at.Y));
                break;
            case 'V':
                To((_at.X, origin.Y + n[0]));
                break;
            case 'C':
                Curve(Point(n), Point(n[2..]), Point(n[4..]));
                break;
            case 'S':
                Curve(Mirror(before.Cubic), Point(n), Point(n[2..]));
                break;
            case 'Q':
                Bend(Point(n), Point(n[2..]));
                break;
            case 'T':
                Bend(Mirror(before.Quadratic), Point(n));
                break;
            case 'A':
                Arc(n[0], n[1], n[2], n[3] != 0, n[4] != 0, Point(n[5..]));
                break;
            default:
                _lines[^1] = (_lines[^1].Points, true);
                _at = _start;
                break;
        }

        return true;
    }

    private readonly (double X, double Y) Mirror((double X, double Y)? control) => control is { } point ? ((2 * _at.X) - point.X, (2 * _at.Y) - point.Y) : _at;

    private void To((double X, double Y) point)
    {
        if (_lines[^1].Closed)
        {
            _lines.Add(([_at], false));
        }

        _lines[^1].Points.Add(point);
        _at = point;
    }

    private void Bend((double X, double Y) control, (double X, double Y) end)
    {
        var from = _at;
        Curve(
            (from.X + (2.0 / 3 * (control.X - from.X)), from.Y + (2.0 / 3 * (control.Y - from.Y))),
            (end.X + (2.0 / 3 * (control.X - end.X)), end.Y + (2.0 / 3 * (control.Y - end.Y))),
            end);
        (_cubic, _quadratic) = (null, control);
    }

    private void Curve((double X, double Y) one, (double X, double Y) two, (double X, double Y) end)
    {
        var from = _at;
        var steps = Steps(Distance(from, one) + Distance(one, two) + Distance(two, end));
        for (var i = 1; i <= steps; i++)
        {
            var t = (double)i / steps;
            var (a, b, c, d) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t);
            To(((a * from.X) + (b * one.X) + (c * two.X) + (d * end.X), (a * from.Y) + (b * one.Y) + (c * two.Y) + (d * end.Y)));
        }

        _cubic = two;
    }

    /// <summary>From the ends of an arc to its centre, as appendix B.2.4 of SVG 2 says.</summary>
    private void Arc(double rx, double ry, double degrees, bool large, bool sweep, (double X, double Y) end)
    {
        (rx, ry) = (Math.Abs(rx), Math.Abs(ry));
        var from = _at;
        if (rx < 1e-9 || ry < 1e-9 || Distance(from, end) < 1e-9)
        {
            To(end);
            return;
        }

        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (dx, dy) = ((from.X - end.X) / 2, (from.Y - end.Y) / 2);
        var (x, y) = ((cos * dx) + (sin * dy), (cos * dy) - (sin * dx));
        var size = (x * x / (rx * rx)) + (y * y / (ry * ry));
        if (size > 1)
        {
            (rx, ry) = (rx * Math.Sqrt(size), ry * Math.Sqrt(size));
        }

        var square = (rx * rx * y * y) + (ry * ry * x * x);
        var reach = Math.Sqrt(Math.Max(0, ((rx * rx * ry * ry) - square) / square)) * (large == sweep ? -1 : 1);
        var (mx, my) = (reach * rx * y / ry, -reach * ry * x / rx);
        var (cx, cy) = ((cos * mx) - (sin * my) + ((from.X + end.X) / 2), (sin * mx) + (cos * my) + ((from.Y + end.Y) / 2));
        var angle = Math.Atan2((y - my) / ry, (x - mx) / rx);
        var turn = Math.Atan2((-y - my) / ry, (-x - mx) / rx) - angle;
        turn += sweep && turn < 0 ? 2 * Math.PI : !sweep && turn > 0 ? -2 * Math.PI : 0;
        var steps = Steps(Math.Abs(turn) * Math.Max(rx, ry));
        for (var i = 1; i < steps; i++)
        {
            var (s, c) = Math.SinCos(angle + (turn * i / steps));
            To((cx + (cos * rx * c) - (sin * ry * s), cy + (sin * rx * c) + (cos * ry * s)));
        }

        To(end);
    }

    private readonly int Steps(double length) => (int)Math.Clamp(Math.Ceiling(length / step), 4, Most);

    private void Skip()
    {
        while (!_rest.IsEmpty && (char.IsWhiteSpace(_rest[0]) || _rest[0] == ','))
        {
            _rest = _rest[1..];
        }
    }

    /// <summary>A flag of an arc is one digit and needs nothing between it and the next.</summary>
    private bool Flag(out double value)
    {
        Skip();
        value = 0;
        if (_rest.IsEmpty || _rest[0] is not ('0' or '1'))
        {
            return false;
        }

        value = _rest[0] - '0';
        _rest = _rest[1..];
        return true;
    }

    private bool Number(out double value)
    {
        Skip();
        var (end, dot, digits) = (0, false, false);
        while (end < _rest.Length)
        {
            var letter = _rest[end];
            var goesOn = char.IsAsciiDigit(letter)
                || (letter == '.' && !dot)
                || (letter is '-' or '+' && (end == 0 || _rest[end - 1] is 'e' or 'E'))
                || (letter is 'e' or 'E' && digits);
            if (!goesOn)
            {
                break;
            }

            digits |= char.IsAsciiDigit(letter);
            dot |= letter is '.' or 'e' or 'E';
            end++;
        }

        var read = double.TryParse(_rest[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
        _rest = _rest[end..];
        return read;
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
