using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>One call: its method and arguments.</summary>
public interface IInvokable
{
    /// <summary>The grain, or null before the call has reached it.</summary>
    object? GetTarget();

    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    MethodInfo GetMethod();

    Type GetInterfaceType();

    TimeSpan? GetDefaultResponseTimeout() => default;

    CancellationToken GetCancellationToken() => default;
}

/// <summary>What a call ended in: a result or an exception.</summary>
public abstract class Response
{
    public static Response Completed { get; } = new ValueResponse(null);

    public abstract object? Result { get; set; }

    public abstract Exception? Exception { get; set; }

    public static Response FromResult<TResult>(TResult value) => new ValueResponse(value);

    public static Response FromException(Exception exception) => new ExceptionResponse(exception);

    public T GetResult<T>() => (T)Result!;

    private sealed class ValueResponse(object? value) : Response
    {
        public override object? Result { get; set; } = value;

        public override Exception? Exception { get; set; }
    }

    private sealed class ExceptionResponse(Exception exception) : Response
    {
        public override object? Result
        {
            get
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(Exception!);
                return null;
            }
            set => throw new InvalidOperationException("The call failed; it has no result to set.");
        }

        public override Exception? Exception { get; set; } = exception;
    }
}
