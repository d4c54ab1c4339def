using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;
using Actors.Domain.Expressions;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Writes a token to the project's files, whole or at the end of a file, and emits the file's entry. Without a content
/// template the token itself is written: text as it is, anything else as JSON, and when appended with a line end.
/// </summary>
internal sealed class FileWriteComponent : IComponent
{
    private const int Stripes = 64;

    /// <summary>Appending reads and writes; two that append to one file take turns.</summary>
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("file.write");

    public IProcess Create(ProcessSettings settings) => new Process(
        settings.RequiredTemplate("path"), settings.Template("content"), settings.Text("contentType"), settings.Flag("append"), _turns);

    private sealed class Process(Template path, Template? content, string? contentType, bool append, SemaphoreSlim[] turns) : IAsyncProcess
    {
        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var token = firing[0]!;
            var target = path.Of(token);
            var bytes = Encoding.UTF8.GetBytes(content is not null ? content.Of(token) : token.ToText() + (append ? "\n" : ""));
            yield return append
                ? await AppendAsync(context, target, bytes, cancellationToken)
                : await context.EffectAsync(
                    $"write {target}, {bytes.Length} bytes",
                    (_, cancelled) => context.Service<IRunFiles>().WriteAsync(target, bytes, TypeOf(target), cancelled),
                    stub: Planned(target, bytes.Length));
        }

        /// <remarks>
        /// Where the content belongs is recorded before it is written. Whoever repeats the effect after a crash finds it there
        /// and leaves it; so appending is idempotent.
        /// </remarks>
        private async ValueTask<Token> AppendAsync(IExecutionContext context, string target, byte[] bytes, CancellationToken cancellationToken)
        {
            var turn = turns[(uint)HashCode.Combine(context.ProjectId, target) % (uint)turns.Length];
            await turn.WaitAsync(cancellationToken);
            try
            {
                var chosen = await context.ChooseAsync(
                    async cancelled => Token.Of((await context.Service<IRunFiles>().ReadAsync(target, cancelled))?.Content.Length ?? 0), stub: Token.Of(0));
                var at = chosen.Json.GetInt32();
                async ValueTask<Token> WriteAsync(EffectId id, CancellationToken cancelled)
                {
                    var files = context.Service<IRunFiles>();
                    var before = (await files.ReadAsync(target, cancelled))?.Content ?? ReadOnlyMemory<byte>.Empty;
                    var isThere = before.Length >= at + bytes.Length && before.Span.Slice(at, bytes.Length).SequenceEqual(bytes);
                    return await files.WriteAsync(target, isThere ? before : (byte[])[.. before.Span, .. bytes], TypeOf(target), cancelled);
                }

                return await context.EffectAsync($"append {bytes.Length} bytes to {target}", WriteAsync, stub: Planned(target, bytes.Length));
            }
            finally
            {
                turn.Release();
            }
        }

        private string TypeOf(string target) => contentType ?? Path.GetExtension(target).ToLowerInvariant() switch
        {
            ".json" => "application/json",
            ".jsonl" or ".ndjson" => "application/x-ndjson",
            ".csv" => "text/csv",
            ".md" => "text/markdown",
            ".html" => "text/html",
            ".css" => "text/css",
            ".js" => "text/javascript",
            ".svg" => "image/svg+xml",
            ".xml" => "application/xml",
            _ => "text/plain",
        };

        private static Token Planned(string target, int size) => Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("dryRun", true);
            writer.WriteString("path", target);
            writer.WriteNumber("size", size);
            writer.WriteEndObject();
        });
    }
}
