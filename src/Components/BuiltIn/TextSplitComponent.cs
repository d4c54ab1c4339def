using Actors.Components.Reading;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Pieces of a text: between separators, lines, words, or so many characters. With <c>size</c> separated parts, lines and
/// words are packed together up to it, as texts for models want it.
/// </summary>
internal sealed class TextSplitComponent : IComponent
{
    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("text.split");

    public IProcess Create(ProcessSettings settings)
    {
        var by = settings.Text("by") ?? "separator";
        var separator = settings.Text("separator");
        var size = settings.Whole("size");
        var overlap = settings.Whole("overlap") ?? 0;
        if (by == "separator" && string.IsNullOrEmpty(separator))
        {
            throw PropertyReading.Invalid("separator", "is required unless by is lines, words or characters");
        }

        if (overlap > 0 && overlap >= (size ?? 1))
        {
            throw PropertyReading.Invalid("overlap", "must be less than size");
        }

        return new Process(by, separator ?? "", size, overlap, settings.Flag("trim"));
    }

    private sealed class Process : ISyncProcess
    {
        private readonly Pieces _pieces;

        public Process(string by, string separator, int? size, int overlap, bool trim) => _pieces = new Pieces(token =>
        {
            var text = token.RequiredText();
            var pieces = by switch
            {
                "characters" => TextPieces.Characters(text, size ?? 1, overlap),
                "lines" => Pack(TextPieces.Lines(text), "\n", size, overlap),
                "words" => Pack(TextPieces.Words(text), " ", size, overlap),
                _ => Pack(text.Split(separator, StringSplitOptions.None), separator, size, overlap),
            };
            return [.. (trim ? pieces.Select(piece => piece.Trim()).Where(piece => piece.Length > 0) : pieces).Select(Token.Of)];
        });

        public void Fire(ISyncFiring firing) => _pieces.Emit(firing, firing[0]!);

        private static IEnumerable<string> Pack(IEnumerable<string> parts, string glue, int? size, int overlap) =>
            size is { } most ? TextPieces.Packed(parts, glue, most, overlap) : parts;
    }
}
