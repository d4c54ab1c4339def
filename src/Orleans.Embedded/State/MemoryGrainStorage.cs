using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>States in memory, as JSON, so that a state which cannot be stored fails here too. They live as long as the host.</summary>
internal sealed class MemoryGrainStorage(string name, EmbeddedEngineOptions options) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private long _lastTag;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = JsonSerializer.Deserialize<T>(record.Json, options.MessageSerializerOptions);
            grainState.ETag = record.Tag;
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = default;
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State, options.MessageSerializerOptions);
        var next = new Record(json, Interlocked.Increment(ref _lastTag).ToString(CultureInfo.InvariantCulture));
        var written = _records.TryGetValue(key, out var stored)
            ? stored.Tag == grainState.ETag && _records.TryUpdate(key, next, stored)
            : grainState.ETag is null && _records.TryAdd(key, next);
        if (!written)
            throw Conflict(key, grainState.ETag);
        grainState.ETag = next.Tag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var stored) && (stored.Tag != grainState.ETag || !_records.TryRemove(new(key, stored))))
            throw Conflict(key, grainState.ETag);
        grainState.State = default;
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private InconsistentStateException Conflict((string State, GrainId Grain) key, string? given) => new(
        $"State '{key.State}' of {key.Grain} in storage '{name}' was changed by someone else.",
        _records.TryGetValue(key, out var stored) ? stored.Tag : null,
        given);

    private sealed record Record(byte[] Json, string Tag);
}
