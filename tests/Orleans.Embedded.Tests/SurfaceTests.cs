using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Orleans.Embedded.Tests;

internal interface IListener : IGrainObserver
{
    void Heard(string word);
}

internal interface ISpeakerGrain : IGrainWithStringKey
{
    Task Speak(IListener listener, string word);
}

internal sealed class SpeakerGrain : Grain, ISpeakerGrain
{
    public Task Speak(IListener listener, string word)
    {
        listener.Heard(word);
        return Task.CompletedTask;
    }
}

internal sealed class Listener : IListener
{
    public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Heard(string word) => First.TrySetResult(word);
}

public sealed class SurfaceTests
{
    internal interface IWithProperty : IGrainObserver
    {
        int Size { get; }
    }

    internal interface IWithGenericMethod : IGrainObserver
    {
        Task Send<T>(T value);
    }

    internal interface ISynchronous : IGrainObserver
    {
        int Ask();
    }

    [Fact]
    public async Task An_observer_hears_until_its_reference_is_deleted()
    {
        await using var cluster = await Clusters.DeployAsync();
        var listener = new Listener();
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await cluster.Client.GetGrain<ISpeakerGrain>("s").Speak(reference, "hello");
        Assert.Equal("hello", await listener.First.Task.InTime());
        cluster.Client.DeleteObjectReference<IListener>(reference);
        await cluster.Client.GetGrain<ISpeakerGrain>("s").Speak(reference, "unheard").InTime();
    }

    [Theory]
    [InlineData(typeof(IWithProperty), "properties")]
    [InlineData(typeof(IWithGenericMethod), "generic methods")]
    [InlineData(typeof(ISynchronous), "returns Int32")]
    public void A_method_that_no_reference_can_carry_is_named(Type type, string problem)
    {
        var failure = Assert.Throws<NotSupportedException>(InterfaceShape.Of(type).Validate);
        Assert.Contains(type.FullName!, failure.Message);
        Assert.Contains(problem, failure.Message);
    }

    [Fact]
    public async Task Outgoing_filters_run_where_the_call_is_made()
    {
        var seen = new List<string>();
        await using var cluster = await Clusters.DeployAsync(silo => silo.AddOutgoingGrainCallFilter(async context =>
        {
            lock (seen)
                seen.Add($"{context.SourceId} {context.MethodName}");
            await context.Invoke();
        }));
        var services = cluster.GetSiloServiceProvider();
        var one = services.GetRequiredService<IGrainFactory>().GetGrain<ICounterGrain>("one");
        Assert.Equal(3, await one.Add(3));
        Assert.Equal([" Add"], seen);
    }

    [Fact]
    public async Task Diagnostics_list_activations_with_their_load()
    {
        await using var cluster = await Clusters.DeployAsync();
        var grain = cluster.Client.GetGrain<ICounterGrain>("seen");
        await grain.Add(1);
        await grain.Add(1);
        var diagnostics = cluster.GetSiloServiceProvider().GetRequiredService<IEngineDiagnostics>();
        var info = Assert.Single(diagnostics.GetActivations());
        Assert.Equal((grain.GetGrainId(), typeof(CounterGrain).FullName, 2L, "Valid"), (info.GrainId, info.GrainClass, info.CallCount, info.State));
        Assert.True(diagnostics.Deactivate(grain.GetGrainId()));
        await cluster.WaitForDeactivationAsync(grain).InTime();
        Assert.Equal(0, await grain.Value());
    }
}
