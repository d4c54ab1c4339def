using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>One state of one activation. It reads itself when the activation sets up its state.</summary>
internal sealed class PersistentState<T> : IPersistentState<T>, ILifecycleObserver
{
    private readonly string _name;
    private readonly GrainId _grainId;
    private readonly IGrainStorage _storage;
    private readonly GrainState<T> _state = new(CreateEmpty());

    public PersistentState(string name, IGrainContext context, IGrainStorage storage)
    {
        _name = name;
        _grainId = context.GrainId;
        _storage = storage;
        context.ObservableLifecycle.Subscribe(name, GrainLifecycleStage.SetupState, this);
    }

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await _storage.ReadStateAsync(_name, _grainId, _state, cancellationToken);
        FillEmpty();
    }

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken) => _storage.WriteStateAsync(_name, _grainId, _state, cancellationToken);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await _storage.ClearStateAsync(_name, _grainId, _state, cancellationToken);
        FillEmpty();
    }

    public Task OnStart(CancellationToken cancellationToken = default) => ReadStateAsync(cancellationToken);

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;

    private static T? CreateEmpty() =>
        typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is null ? default : Activator.CreateInstance<T>();

    // A storage that has no record may leave null; a grain is promised an empty state.
    private void FillEmpty()
    {
        if (_state.State is null)
            _state.State = CreateEmpty();
    }
}
