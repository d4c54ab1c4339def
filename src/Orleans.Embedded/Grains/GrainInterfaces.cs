using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Anything that has a grain id and can be called through a reference.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>Every grain interface; one of the keyed interfaces below says what its key is.</summary>
    public interface IGrain : IAddressable;

    public interface IGrainWithStringKey : IGrain;

    public interface IGrainWithGuidKey : IGrain;

    public interface IGrainWithIntegerKey : IGrain;

    /// <summary>An object outside a grain that grains can call; see <see cref="IGrainFactory.CreateObjectReference{T}"/>.</summary>
    public interface IGrainObserver : IAddressable;
}
