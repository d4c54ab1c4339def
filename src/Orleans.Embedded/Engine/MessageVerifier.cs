using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Passes messages through JSON, as crossing a silo boundary would, so that a contract which would not arrive fails at once.</summary>
internal sealed class MessageVerifier(JsonSerializerOptions options)
{
    public void VerifyArguments(GrainRequest request)
    {
        if (request.Shape.IsSystem)
            return;
        for (var i = 0; i < request.Shape.Parameters.Length; i++)
        {
            var parameter = request.Shape.Parameters[i];
            request.SetArgument(i, Copy(request, request.GetArgument(i), parameter.ParameterType, $"parameter '{parameter.Name}'"));
        }
    }

    public object? VerifyResult(GrainRequest request, object? result) =>
        request.Shape.IsSystem || request.Shape.ResultType == typeof(void) ? result : Copy(request, result, request.Shape.ResultType, "the result");

    public T VerifyItem<T>(GrainRequest request, T item) => request.Shape.IsSystem ? item : (T)Copy(request, item, typeof(T), "an item")!;

    private object? Copy(GrainRequest request, object? value, Type type, string what)
    {
        if (value is null or CancellationToken or GrainReference)
            return value;
        try
        {
            return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(value, type, options), type, options);
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new NotSupportedException($"{request.Shape.InterfaceName}.{request.Shape.Method.Name}: {what} of type {type.FullName} cannot be sent: {exception.Message}", exception);
        }
    }
}
