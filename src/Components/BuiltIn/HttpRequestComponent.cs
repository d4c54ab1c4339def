using System.Runtime.CompilerServices;
using Actors.Components.Http;
using Actors.Components.Reading;
using Actors.Components.Services;
using Actors.Domain.Components;

namespace Actors.Components.BuiltIn;

/// <summary>
/// Asks another server. Every request carries the effect's id as <c>Idempotency-Key</c>, so that one that is repeated after a
/// crash is known as the same. A status of 400 or above is an error; the node's attempts are the one retry loop.
/// </summary>
internal sealed class HttpRequestComponent : IComponent
{
    private const int DefaultMaximumBytes = 1024 * 1024;

    public ComponentDescriptor Descriptor { get; } = BuiltInComponents.Describe("http.request");

    public IProcess Create(ProcessSettings settings) => new Process(
        new RequestPlan(settings),
        settings.Text("response") == "body",
        settings.Whole("maximumBytes") ?? DefaultMaximumBytes,
        settings.Text("effects") switch
        {
            "idempotent" => EffectClass.Idempotent,
            "unsafe" => EffectClass.Unsafe,
            _ => EffectClass.Keyed,
        });

    private sealed class Process(RequestPlan plan, bool bodyOnly, int maximumBytes, EffectClass effects) : IAsyncProcess
    {
        public EffectClass? Effects => effects;

        public async IAsyncEnumerable<Output> Execute(
            IFiring firing, IExecutionContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var request = plan.For(firing[0]!);
            var now = firing.Now;
            yield return await context.EffectAsync(
                request.Description, (id, cancelled) => SendAsync(context, request, id, now, cancelled), stub: Planned(request));
        }

        private async ValueTask<Token> SendAsync(IExecutionContext context, PlannedRequest planned, EffectId id, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var secrets = new HashSet<string>(StringComparer.Ordinal);
            using var request = await planned.BuildAsync(id, context.Service<IRunSecrets>, secrets, cancellationToken);
            try
            {
                using var response = await context.Service<IOutboundHttp>().SendAsync(request, cancellationToken);
                return await ResponseReading.ReadAsync(response, planned.Description, bodyOnly, maximumBytes, now, secrets, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The cause is left out of the chain: its text may quote the address with a secret in it.
                throw new ComponentException(ErrorCodes.HttpFailed, $"{planned.Description} failed: {Reason(exception)}.") { OutcomeUnknown = !WasNotSent(exception) };
            }
        }

        /// <summary>Where no connection came about nothing was asked; of one that broke nobody knows.</summary>
        private static bool WasNotSent(Exception exception) => exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };

        private static string Reason(Exception exception) => exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }
            ? error.ToString()
            : exception.GetType().Name;

        private static Token Planned(PlannedRequest request) => Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("dryRun", true);
            writer.WriteString("method", request.Method);
            writer.WriteString("url", request.Url.Masked);
            writer.WriteEndObject();
        });
    }
}
