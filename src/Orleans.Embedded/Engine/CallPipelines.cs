using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Embedded;

/// <summary>A call on its way through filters. Each <see cref="Invoke"/> goes one step further; after the last filter it does the call.</summary>
internal abstract class FilteredCall(GrainRequest request) : IGrainCallContext
{
    private int _step;

    public IInvokable Request => request;

    public abstract object Grain { get; }

    public GrainId? SourceId => request.SourceId;

    public GrainId TargetId => request.Reference.GrainId;

    public GrainInterfaceType InterfaceType => request.Reference.InterfaceType;

    public string InterfaceName => request.Shape.InterfaceName;

    public string MethodName => request.Shape.Method.Name;

    public MethodInfo InterfaceMethod => request.Shape.Method;

    public object? Result
    {
        get => Response?.Result;
        set => Response = Response.FromResult(value);
    }

    public Response? Response { get; set; }

    protected GrainRequest Call => request;

    public async Task Invoke()
    {
        if (_step < StepCount)
        {
            await Step(_step++);
            return;
        }

        try
        {
            Result = await DoAsync();
        }
        catch (Exception exception)
        {
            Response = Response.FromException(exception);
            throw;
        }
    }

    protected abstract int StepCount { get; }

    /// <summary>Runs the filter of the given number.</summary>
    protected abstract Task Step(int number);

    protected abstract Task<object?> DoAsync();
}

internal sealed class IncomingCall(Activation activation, GrainRequest request) : FilteredCall(request), IIncomingGrainCallContext
{
    public override object Grain => activation.GrainInstance!;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod => ImplementationOf(activation.Class.Type, Call.Shape.Method);

    /// <summary>Runs the request through filters and verification, then settles and finishes it.</summary>
    public static async Task RunAsync(Activation activation, GrainRequest request)
    {
        Exception? failure = null;
        try
        {
            var call = new IncomingCall(activation, request);
            await call.Invoke();
            var result = call.Result;
            if (activation.Engine.Verifier is { } verifier && request.Shape.Kind != ReturnKind.AsyncEnumerable)
                result = verifier.VerifyResult(request, result);
            request.SetResult(result);
        }
        catch (Exception exception)
        {
            failure = exception;
            request.Fail(exception);
        }

        activation.Finish(request, failure);
    }

    protected override int StepCount => Filters.Count + (activation.Class.IsFilter ? 1 : 0);

    private IReadOnlyList<IIncomingGrainCallFilter> Filters => activation.Engine.IncomingFilters;

    // The grain's own filter comes last.
    protected override Task Step(int number) =>
        number < Filters.Count ? Filters[number].Invoke(this) : ((IIncomingGrainCallFilter)activation.GrainInstance!).Invoke(this);

    protected override Task<object?> DoAsync() => Call.BeginBoxed(activation, activation.GrainInstance!);

    private static MethodInfo ImplementationOf(Type type, MethodInfo method)
    {
        var map = type.GetInterfaceMap(method.DeclaringType!);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
    }
}

internal sealed class OutgoingCall : FilteredCall, IOutgoingGrainCallContext
{
    private readonly IOutgoingGrainCallFilter[] _filters;
    private readonly Func<Task<object?>> _send;

    private OutgoingCall(GrainRequest request, IOutgoingGrainCallFilter[] filters, Func<Task<object?>> send)
        : base(request)
    {
        _filters = filters;
        _send = send;
    }

    public override object Grain => Call.Reference;

    public IGrainContext? SourceContext { get; } = Activation.Current;

    public static async Task<T> Run<T>(TaskRequest<T> request, IOutgoingGrainCallFilter[] filters)
    {
        var call = new OutgoingCall(request, filters, async () => await request.Send());
        await call.Invoke();
        return (T)call.Result!;
    }

    public static async Task Run(VoidRequest request, IOutgoingGrainCallFilter[] filters)
    {
        var call = new OutgoingCall(request, filters, async () =>
        {
            await request.Send();
            return null;
        });
        await call.Invoke();
    }

    protected override int StepCount => _filters.Length;

    protected override Task Step(int number) => _filters[number].Invoke(this);

    protected override Task<object?> DoAsync() => _send();
}
