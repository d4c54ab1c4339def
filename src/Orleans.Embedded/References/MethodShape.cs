using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>How a grain method answers.</summary>
internal enum ReturnKind
{
    Void,
    Task,
    TaskOfT,
    ValueTask,
    ValueTaskOfT,
    AsyncEnumerable,
}

/// <summary>What the engine knows of one method of a grain interface.</summary>
internal sealed class MethodShape
{
    public MethodShape(Type interfaceType, MethodInfo method)
    {
        Interface = interfaceType;
        Method = method;
        Parameters = method.GetParameters();
        (Kind, ResultType) = Classify(method.ReturnType);
        AlwaysInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute));
        ReadOnly = method.IsDefined(typeof(ReadOnlyAttribute));
        OneWay = method.IsDefined(typeof(OneWayAttribute)) || Kind == ReturnKind.Void;
        ResponseTimeout = method.GetCustomAttribute<ResponseTimeoutAttribute>()?.Timeout;
        CancellationIndex = Array.FindIndex(Parameters, p => p.ParameterType == typeof(CancellationToken));
        IsSystem = interfaceType.Assembly == typeof(MethodShape).Assembly;
    }

    /// <summary>The interface that declares the method.</summary>
    public Type Interface { get; }

    public MethodInfo Method { get; }

    public ParameterInfo[] Parameters { get; }

    public ReturnKind? Kind { get; }

    /// <summary>The type of the result or of the items; void when there is none.</summary>
    public Type ResultType { get; }

    public bool AlwaysInterleave { get; }

    public bool ReadOnly { get; }

    public bool OneWay { get; }

    public TimeSpan? ResponseTimeout { get; }

    public int CancellationIndex { get; }

    /// <summary>The engine's own interfaces carry runtime types that never leave the process.</summary>
    public bool IsSystem { get; }

    public string InterfaceName => Interface.FullName ?? Interface.Name;

    /// <summary>Why the method cannot be called through a reference, or null.</summary>
    public string? Problem()
    {
        if (Method.IsSpecialName)
            return "properties and events cannot be called through a reference";
        if (Method.IsGenericMethodDefinition)
            return "generic methods are not supported";
        if (Array.Exists(Parameters, p => p.ParameterType.IsByRef || p.ParameterType.IsPointer || p.ParameterType.IsByRefLike))
            return "ref, out, pointer and span parameters cannot be sent";
        if (Kind is null)
            return $"it returns {Method.ReturnType.Name}; a grain method returns Task, Task<T>, ValueTask, ValueTask<T> or IAsyncEnumerable<T>";
        if (Kind == ReturnKind.Void && !typeof(IGrainObserver).IsAssignableFrom(Interface) && !Method.IsDefined(typeof(OneWayAttribute)))
            return "void is for observers and [OneWay] methods";
        if (OneWay && Kind is not (ReturnKind.Void or ReturnKind.Task or ReturnKind.ValueTask))
            return "a [OneWay] method has no result";
        return null;
    }

    private static (ReturnKind? Kind, Type Result) Classify(Type type)
    {
        if (type == typeof(void))
            return (ReturnKind.Void, typeof(void));
        if (type == typeof(Task))
            return (ReturnKind.Task, typeof(void));
        if (type == typeof(ValueTask))
            return (ReturnKind.ValueTask, typeof(void));
        if (!type.IsGenericType)
            return (null, typeof(void));
        var definition = type.GetGenericTypeDefinition();
        ReturnKind? kind = definition == typeof(Task<>) ? ReturnKind.TaskOfT
            : definition == typeof(ValueTask<>) ? ReturnKind.ValueTaskOfT
            : definition == typeof(IAsyncEnumerable<>) ? ReturnKind.AsyncEnumerable
            : null;
        return (kind, type.GetGenericArguments()[0]);
    }
}
