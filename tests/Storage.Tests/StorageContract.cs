using System.Runtime.InteropServices;
using System.Text;

namespace Actors.Storage.Tests;

/// <summary>What every contract test starts with: an empty database of the dialect, and one process on it.</summary>
public abstract class StorageContract : IAsyncLifetime
{
    private readonly List<StorageInstance> _instances = [];

    private protected StorageInstance Storage { get; private set; } = null!;

    protected static CancellationToken None => CancellationToken.None;

    protected static DateTimeOffset Now { get; } = new(2026, 5, 4, 3, 2, 1, 0, TimeSpan.Zero);

    public async Task InitializeAsync()
    {
        await CreateDatabaseAsync();
        Storage = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        await RemoveDatabaseAsync();
    }

    /// <summary>Settings that lead to the database of this test.</summary>
    private protected abstract (string Key, string Value)[] Settings { get; }

    protected abstract Task CreateDatabaseAsync();

    protected virtual Task RemoveDatabaseAsync() => Task.CompletedTask;

    /// <summary>Another process on the same database.</summary>
    private protected async Task<StorageInstance> OpenAsync(params (string Key, string Value)[] settings)
    {
        var instance = StorageInstance.Create([.. Settings, .. settings]);
        _instances.Add(instance);
        await instance.Startup.InitializeAsync(None);
        return instance;
    }

    private protected async Task CloseAsync(StorageInstance instance)
    {
        _instances.Remove(instance);
        await instance.DisposeAsync();
    }

    protected static JournalAppend Append(string stream, long revision, Guid? batch = null, params CatalogWrite[] catalog) => new()
    {
        Stream = stream,
        Revision = revision,
        BatchId = batch ?? Guid.NewGuid(),
        At = Now.AddTicks(revision),
        Author = "ada",
        Payload = Encoding.UTF8.GetBytes($$"""{"r":{{revision}}}"""),
        Catalog = ImmutableCollectionsMarshal.AsImmutableArray(catalog),
    };

    protected static CatalogEntry Entry(string id, string name = "", string kind = "design", string scope = "p", string status = "", int minute = 0) => new()
    {
        Kind = kind,
        Id = id,
        Scope = scope,
        Name = name,
        Status = status,
        CreatedAt = Now,
        UpdatedAt = Now.AddMinutes(minute),
        Data = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}"""),
    };

    private protected static async Task<List<JournalEntry>> ReadAllAsync(StorageInstance storage, string stream, long after = 0, int maximum = int.MaxValue)
    {
        var entries = new List<JournalEntry>();
        await foreach (var entry in storage.Journal.ReadAsync(stream, after, maximum, None))
            entries.Add(entry);
        return entries;
    }

    private protected async Task CommitAsync(params CatalogWrite[] catalog)
    {
        var result = await Storage.Journal.AppendAsync(Append($"s-{Guid.NewGuid():N}", 1, catalog: catalog));
        Assert.Equal(AppendStatus.Committed, result.Status);
    }

    /// <summary>Repeats until the condition holds; the time limit only ends a failing test.</summary>
    protected static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
