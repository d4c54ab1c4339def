namespace Orleans.Runtime;

/// <summary>One activation as its grain sees it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainId GrainId { get; }

    GrainReference GrainReference { get; }

    /// <summary>The instance, or null before it is constructed and after it has deactivated.</summary>
    object? GrainInstance { get; }

    ActivationId ActivationId { get; }

    /// <summary>The services of this activation: one scope, disposed when it ends.</summary>
    IServiceProvider ActivationServices { get; }

    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Asks the activation to end after the running calls. Calls that wait run on the next activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>Gives the activation whose turn is running on this thread.</summary>
public interface IGrainContextAccessor
{
    /// <exception cref="InvalidOperationException">No grain's turn is running here.</exception>
    IGrainContext GrainContext { get; }
}
