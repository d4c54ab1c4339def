using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>The content of a project file: its text, its JSON value, its lines one by one, or its entry alone.</summary>
internal sealed class FileReadComponent : IComponent
{
    private const int MaximumBytes = 64 * 1024 * 1024;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("file.read");

    public IProcess Create(ProcessSettings settings) => new Process(settings.RequiredText("path"), settings.Text("as") ?? "text");

    /// <remarks>
    /// Lines leave in pieces. The text is kept in the state from the first piece on, so that all lines are of one version of
    /// the file, whoever writes it meanwhile.
    /// </remarks>
    private sealed class Process(string path, string form) : IAsyncProcess
    {
        private const string Content = "content";
        private const string Position = "position";

        private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (form != "lines")
            {
                yield return WholeOf(await ReadAsync(context, cancellationToken));
                yield break;
            }

            var content = firing.State[Content] ?? Token.Of(TextOf(await ReadAsync(context, cancellationToken)));
            foreach (var line in TakeLines(firing, content))
            {
                yield return Token.Of(line);
            }
        }

        private async ValueTask<RunFile> ReadAsync(IExecutionContext context, CancellationToken cancellationToken)
        {
            var file = await context.Service<IRunFiles>().ReadAsync(path, cancellationToken)
                ?? throw new ComponentException(ErrorCodes.FileMissing, $"There is no file '{path}'.", retryable: false);
            return file.Content.Length <= MaximumBytes
                ? file
                : throw new ComponentException(ErrorCodes.FileTooLarge, $"The file '{path}' has more than {MaximumBytes} bytes.", retryable: false);
        }

        private Token WholeOf(RunFile file) => form switch
        {
            "json" => JsonText.Parse(TextOf(file)),
            "file" => Token.Write(writer => WriteEntry(writer, file)),
            _ => Token.Of(TextOf(file)),
        };

        private static List<string> TakeLines(IFiring firing, Token content)
        {
            var text = content.Json.GetString()!;
            var lines = new List<string>();
            var at = firing.State[Position] is { } position ? position.Json.GetInt32() : 0;
            while (at < text.Length && lines.Count < Pieces.Size)
            {
                var length = text.AsSpan(at).IndexOfAny('\r', '\n');
                var end = length < 0 ? text.Length : at + length;
                lines.Add(text[at..end]);
                at = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
            }

            if (at < text.Length)
            {
                firing.State[Content] ??= content;
                firing.State[Position] = Token.Of(at);
                firing.Again();
            }
            else
            {
                firing.State.Clear();
            }

            return lines;
        }

        private static string TextOf(RunFile file)
        {
            try
            {
                return Strict.GetString(file.Content.Span).TrimStart('\uFEFF');
            }
            catch (DecoderFallbackException)
            {
                throw new ComponentException(ErrorCodes.FileNotText, $"The file '{file.Path}' is no UTF-8 text.", retryable: false);
            }
        }

        private static void WriteEntry(Utf8JsonWriter writer, RunFile file)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("contentType", file.ContentType);
            writer.WriteNumber("size", file.Content.Length);
            writer.WriteEndObject();
        }
    }
}
