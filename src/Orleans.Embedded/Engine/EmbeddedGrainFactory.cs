using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>Makes references that send through one runtime and resolve classes in one engine.</summary>
internal sealed class EmbeddedGrainFactory(ReferenceRuntime runtime, Func<EmbeddedEngine> engine) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryKey);
        return (TGrainInterface)Get(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => (TGrainInterface)Get(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => (TGrainInterface)Get(typeof(TGrainInterface), KeyOf(primaryKey), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => (TGrainInterface)runtime.GetReference(grainId, typeof(TGrainInterface));

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(grainPrimaryKey);
        return (IGrain)Get(grainInterfaceType, grainPrimaryKey, prefix: null);
    }

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => (IGrain)Get(grainInterfaceType, KeyOf(grainPrimaryKey), prefix: null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => (IGrain)Get(grainInterfaceType, KeyOf(grainPrimaryKey), prefix: null);

    public IAddressable GetGrain(GrainId grainId) => new GrainReference(runtime, grainId, InterfaceShape.Of(typeof(IGrain)));

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver =>
        (TGrainObserverInterface)runtime.GetReference(ObserverTarget.Register(engine(), obj, typeof(TGrainObserverInterface)), typeof(TGrainObserverInterface));

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference reference)
            throw new ArgumentException("Pass the reference that CreateObjectReference gave.", nameof(obj));
        engine().Unregister(reference.GrainId);
    }

    private static string KeyOf(Guid key) => key.ToString("N", CultureInfo.InvariantCulture);

    private static string KeyOf(long key) => key.ToString("X", CultureInfo.InvariantCulture);

    private object Get(Type interfaceType, string key, string? prefix) =>
        runtime.GetReference(GrainId.Create(engine().Catalog.Resolve(interfaceType, prefix).GrainType, key), interfaceType);
}
