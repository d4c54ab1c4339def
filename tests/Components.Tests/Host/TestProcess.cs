using System.Text.Json;
using Actors.Domain.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Components.Tests.Host;

/// <summary>One node's process, fired by hand, as a run would: with all the firings that it asks for.</summary>
internal sealed class TestProcess
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddBuiltInComponents().BuildServiceProvider();

    private readonly IProcess _process;
    private long _number;

    public TestProcess(string id, string props, IReadOnlyDictionary<string, IReadOnlyList<Token>>? runInputs = null, int connections = 1)
    {
        Component = Registry.Find(id) ?? throw new ArgumentException($"There is no component '{id}'.", nameof(id));
        var settings = new ProcessSettings(
            "node",
            Component.Descriptor,
            JsonElement.Parse(props),
            [.. Component.Descriptor.Inputs.Select(_ => connections)],
            [.. Component.Descriptor.Outputs.Select(_ => 1)]) { RunInputs = runInputs ?? new Dictionary<string, IReadOnlyList<Token>>() };
        _process = Component.Create(settings);
    }

    public static ComponentRegistry Registry { get; } = new(Services.GetServices<IComponent>());

    public IComponent Component { get; }

    public DateTimeOffset Now { get; set; } = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public TestState State { get; } = new();

    public TestContext Context { get; } = new();

    public TestFiring Last { get; private set; } = null!;

    /// <summary>Firings so far.</summary>
    public long Firings => _number;

    /// <summary>The most that one firing emitted.</summary>
    public int LargestPiece { get; private set; }

    /// <summary>Fires with a token, and again as long as the process asks for it; what left, by port.</summary>
    public string[] Fire(params string[] tokens) => FireAsync(FiringTrigger.Tokens, tokens).AsTask().GetAwaiter().GetResult();

    public ValueTask<string[]> FireAsync(params string[] tokens) => FireAsync(FiringTrigger.Tokens, tokens);

    /// <summary>The timer that the last firing asked for.</summary>
    public string[] Wake()
    {
        Now += Last.Wakes ?? throw new InvalidOperationException("There is no timer.");
        return FireAsync(FiringTrigger.Timer, []).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>The firing when all inputs have closed.</summary>
    public string[] End() => FireAsync(FiringTrigger.End, []).AsTask().GetAwaiter().GetResult();

    /// <summary>A failure's code.</summary>
    public string Fails(params string[] tokens) => Assert.Throws<ComponentException>(() => Fire(tokens)).Code;

    public static string Refused(string id, string props)
    {
        var exception = Assert.Throws<ComponentException>(() => new TestProcess(id, props));
        Assert.Equal("property_invalid", exception.Code);
        Assert.False(exception.Retryable);
        return exception.Message;
    }

    private async ValueTask<string[]> FireAsync(FiringTrigger trigger, string[] tokens)
    {
        Token[] given = [.. tokens.Select(Parse)];
        var outputs = new List<Output>();
        do
        {
            var firing = Last = new TestFiring(trigger, ++_number, given, Now, State);
            await RunAsync(firing);
            Context.Next();
            outputs.AddRange(firing.Outputs);
            LargestPiece = Math.Max(LargestPiece, firing.Outputs.Count);
        }
        while (Last.AsksAgain);

        return [.. outputs.Select(Text)];
    }

    private async ValueTask RunAsync(TestFiring firing)
    {
        if (_process is ISyncProcess sync)
        {
            sync.Fire(firing);
            return;
        }

        await foreach (var output in ((IAsyncProcess)_process).Execute(firing, Context, CancellationToken.None))
            firing.Outputs.Add(output);
    }

    /// <summary>The token, with the name of its port before it unless that is <c>out</c>.</summary>
    private string Text(Output output)
    {
        var port = Component.Descriptor.Outputs[output.Port].Name;
        var token = System.Text.Encoding.UTF8.GetString(output.Token.Utf8.Span);
        return port == "out" ? token : $"{port}: {token}";
    }

    private static Token Parse(string text) =>
        Token.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var token) ? token : throw new ArgumentException($"'{text}' is no token.", nameof(text));
}
