using System.Diagnostics;
using Orleans;

namespace Actors.Silo.Telemetry;

/// <summary>Makes each grain call a span below that of its caller. Registered only when spans are exported, so that nothing is paid otherwise.</summary>
internal sealed class GrainCallTracing : IIncomingGrainCallFilter
{
    public const string SourceName = "Actors.Grains";

    private static readonly ActivitySource Source = new(SourceName);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        using var span = Source.StartActivity($"{context.InterfaceMethod.DeclaringType!.Name}.{context.MethodName}", ActivityKind.Internal);
        span?.SetTag("rpc.system", "orleans").SetTag("rpc.service", context.InterfaceName).SetTag("rpc.method", context.MethodName).SetTag("actors.grain", context.TargetId.ToString());
        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }
}
