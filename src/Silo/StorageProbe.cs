using Actors.Frontend.Operations.Health;
using Actors.Storage;

namespace Actors.Silo;

/// <summary>The storage's own health, as the front end asks for it.</summary>
internal sealed class StorageProbe(IStorageHealth storage) : IStorageProbe
{
    public async Task<StorageState> ProbeAsync(CancellationToken cancellationToken)
    {
        var health = await storage.CheckAsync(cancellationToken);
        return new StorageState(health.Provider.ToString(), health.ReadLatency, health.WriteLatency, health.Pending, health.MaximumPending, health.Problem);
    }
}
