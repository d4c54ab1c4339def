using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A call that starts an enumeration: it makes the grain's enumerator and is then over.</summary>
internal abstract class EnumerationRequest<T> : GrainRequest
{
    public GrainEnumerator<T>? Consumer { get; private set; }

    public override bool AlwaysInterleaves => true;

    public override bool IsCompleted => Consumer!.IsOver;

    public abstract IAsyncEnumerable<T> CallGrain(object grain);

    /// <summary>The same call for another enumerator: each starts its own.</summary>
    public EnumerationRequest<T> For(GrainEnumerator<T> consumer)
    {
        var copy = (EnumerationRequest<T>)MemberwiseClone();
        copy.Consumer = consumer;
        return copy;
    }

    public sealed override void Begin(Activation activation, object grain)
    {
        Exception? failure = null;
        try
        {
            Attach(activation, grain);
        }
        catch (Exception exception)
        {
            failure = exception;
            Fail(exception);
        }

        activation.Finish(this, failure);
    }

    public sealed override Task<object?> BeginBoxed(Activation? activation, object grain)
    {
        Attach(activation ?? throw new NotSupportedException("Observers do not enumerate."), grain);
        return Task.FromResult<object?>(null);
    }

    public sealed override void SetResult(object? result)
    {
    }

    public sealed override bool Fail(Exception exception) => Consumer!.Fail(exception);

    public sealed override bool Cancel(CancellationToken token) => Fail(new OperationCanceledException(token));

    private void Attach(Activation activation, object grain)
    {
        var token = Consumer!.GrainToken;
        if (Shape.CancellationIndex >= 0)
            SetArgument(Shape.CancellationIndex, token);
        var items = CallGrain(grain) ?? throw new InvalidOperationException($"{this} returned null in place of an enumerable.");
        Consumer.Attach(activation, items.GetAsyncEnumerator(token));
    }
}
