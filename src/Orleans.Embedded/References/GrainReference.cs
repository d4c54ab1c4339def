using Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>Names a grain and carries calls to it. Two references are equal when they name the same grain.</summary>
#pragma warning disable MA0053 // Emitted proxies derive from it.
public class GrainReference : IAddressable, IEquatable<GrainReference>
#pragma warning restore MA0053
{
    internal GrainReference(ReferenceRuntime runtime, GrainId grainId, InterfaceShape shape)
    {
        Runtime = runtime;
        GrainId = grainId;
        Shape = shape;
    }

    public GrainId GrainId { get; }

    public GrainInterfaceType InterfaceType => Shape.InterfaceType;

    public string InterfaceName => Shape.InterfaceType.ToString();

    internal ReferenceRuntime Runtime { get; }

    internal InterfaceShape Shape { get; }

    /// <summary>Where the last call went: the next one tries there before it asks the directory.</summary>
    internal ICallTarget? LastTarget { get; set; }

    public static bool operator ==(GrainReference? left, GrainReference? right) => Equals(left, right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !Equals(left, right);

    public TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable => (TGrainInterface)CastTo(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}";

    internal object CastTo(Type interfaceType) => interfaceType.IsInstanceOfType(this) ? this : Runtime.GetReference(GrainId, interfaceType);

    internal Task<T> Call<T>(TaskRequest<T> request, int method)
    {
        request.Prepare(this, Shape.Methods[method]);
        return Runtime.OutgoingFilters.Length == 0 ? request.Send() : OutgoingCall.Run(request, Runtime.OutgoingFilters);
    }

    internal Task CallVoid(VoidRequest request, int method)
    {
        request.Prepare(this, Shape.Methods[method]);
        return Runtime.OutgoingFilters.Length == 0 ? request.Send() : OutgoingCall.Run(request, Runtime.OutgoingFilters);
    }

    internal IAsyncEnumerable<T> Enumerate<T>(EnumerationRequest<T> request, int method)
    {
        request.Prepare(this, Shape.Methods[method]);
        return new GrainAsyncEnumerable<T>(request);
    }
}
