using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Sends to whichever engine runs now.</summary>
internal sealed class ClientRuntime : ReferenceRuntime
{
    private readonly Func<EmbeddedEngine?> _engine;

    public ClientRuntime(Func<EmbeddedEngine?> engine)
    {
        _engine = engine;
        Factory = new EmbeddedGrainFactory(this, () => _engine() ?? throw NoSilo());
    }

    public EmbeddedGrainFactory Factory { get; }

    public void Use(IEnumerable<IOutgoingGrainCallFilter> filters) => OutgoingFilters = [.. filters];

    public override void Send(GrainRequest request)
    {
        request.CaptureCaller();
        if (_engine() is { } engine)
            engine.Receive(request);
        else
            request.Fail(NoSilo());
    }

    private static SiloUnavailableException NoSilo() => new("No silo is running.");
}
