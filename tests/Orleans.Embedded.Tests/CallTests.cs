using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Tests;

internal interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Add(int amount);

    ValueTask<int> Value();

    Task<string> KeyAndType();

    Task Fail(string message);

    Task<string> CallOther(ICounterGrain other);
}

internal sealed class CounterGrain : Grain, ICounterGrain
{
    private int _value;

    public async Task<int> Add(int amount)
    {
        var read = _value;
        await Task.Yield();
        _value = read + amount;
        return _value;
    }

    public ValueTask<int> Value() => new(_value);

    public Task<string> KeyAndType() => Task.FromResult($"{this.GetPrimaryKeyString()} {this.GetGrainId()}");

    public Task Fail(string message) => throw new InvalidDataException(message);

    public async Task<string> CallOther(ICounterGrain other) => await other.KeyAndType();
}

internal interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

internal sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

internal interface ILongKeyGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}

[GrainType("numbered")]
internal sealed class LongKeyGrain : Grain, ILongKeyGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

public sealed class CallTests
{
    [Fact]
    public async Task Turns_do_not_interleave_under_load()
    {
        await using var cluster = await Clusters.DeployAsync();
        var counter = cluster.Client.GetGrain<ICounterGrain>("load");
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(_ => counter.Add(1))).InTime();
        Assert.Equal(5_000, await counter.Value());
    }

    [Fact]
    public async Task Calls_of_one_caller_run_in_their_order()
    {
        await using var cluster = await Clusters.DeployAsync();
        var counter = cluster.Client.GetGrain<ICounterGrain>("order");
        var sums = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => counter.Add(1))).InTime();
        Assert.Equal(Enumerable.Range(1, 1_000), sums);
    }

    [Fact]
    public async Task Keys_of_every_kind_reach_the_grain()
    {
        await using var cluster = await Clusters.DeployAsync();
        var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        Assert.Equal(guid, await cluster.Client.GetGrain<IGuidKeyGrain>(guid).Key());
        Assert.Equal(-7, await cluster.Client.GetGrain<ILongKeyGrain>(-7).Key());
        Assert.Equal("a/b counter/a/b", await cluster.Client.GetGrain<ICounterGrain>("a/b").KeyAndType());
        Assert.Equal("numbered/2A", cluster.Client.GetGrain<ILongKeyGrain>(42).GetGrainId().ToString());
        Assert.Equal(GrainId.Parse("counter/a/b"), cluster.Client.GetGrain<ICounterGrain>("a/b").GetGrainId());
    }

    [Fact]
    public async Task Exceptions_arrive_with_their_type_and_stack()
    {
        await using var cluster = await Clusters.DeployAsync();
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => cluster.Client.GetGrain<ICounterGrain>("x").Fail("no good"));
        Assert.Equal("no good", failure.Message);
        Assert.Contains(nameof(CounterGrain), failure.StackTrace);
    }

    [Fact]
    public async Task References_travel_as_arguments_and_equal_by_identity()
    {
        await using var cluster = await Clusters.DeployAsync();
        var one = cluster.Client.GetGrain<ICounterGrain>("one");
        var two = cluster.Client.GetGrain<ICounterGrain>("two");
        Assert.Equal("two counter/two", await one.CallOther(two));
        Assert.Equal(one, cluster.Client.GetGrain<ICounterGrain>(one.GetGrainId()));
        Assert.NotEqual(one, two);
    }
}
