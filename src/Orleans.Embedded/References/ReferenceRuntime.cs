using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Takes requests. A closed target takes none, and whoever asked looks for its successor.</summary>
internal interface ICallTarget
{
    bool TryPost(GrainRequest request);
}

/// <summary>What references need: where calls go, and the filters on their way out.</summary>
internal abstract class ReferenceRuntime
{
    public IOutgoingGrainCallFilter[] OutgoingFilters { get; protected set; } = [];

    /// <summary>Sends the request. It never throws: what goes wrong fails the request.</summary>
    public abstract void Send(GrainRequest request);

    public object GetReference(GrainId grainId, Type interfaceType) => ReferenceFactory.For(interfaceType).Create(this, grainId);
}
