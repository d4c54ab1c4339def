namespace Actors.Components.Tests.Host;

/// <summary>The steps of a firing, kept as a run keeps them: a firing that is started again finds what was recorded.</summary>
internal sealed class TestContext : IExecutionContext
{
    private readonly Dictionary<Type, object> _services = [];
    private readonly Dictionary<int, Token?> _recorded = [];
    private int _step;

    public string RunId => "run_1";

    public string ProjectId => "prj_1";

    public string DesignId => "dsg_1";

    public string NodeId => "node";

    public int Attempt { get; set; } = 1;

    public bool DryRun { get; set; }

    public List<string> Effects { get; } = [];

    public List<TimeSpan> Delays { get; } = [];

    public List<OutsideQuestion> Questions { get; } = [];

    /// <summary>What a wait is answered; null is its time-out.</summary>
    public Token? Answer { get; set; }

    /// <summary>Called when an effect has happened and before its outcome is kept: where a crash hurts most.</summary>
    public Action? BeforeOutcome { get; set; }

    public TestContext With<T>(T service)
        where T : class
    {
        _services[typeof(T)] = service;
        return this;
    }

    /// <summary>The firing is started again: steps are counted from the first, and found.</summary>
    public void Restart() => _step = 0;

    /// <summary>The firing is over: the next one has steps of its own.</summary>
    public void Next()
    {
        _step = 0;
        _recorded.Clear();
        FiringNumber++;
    }

    public int FiringNumber { get; private set; } = 1;

    public async ValueTask<Token> EffectAsync(
        string description,
        Func<EffectId, CancellationToken, ValueTask<Token>> perform,
        Func<EffectId, CancellationToken, ValueTask<Token?>>? verify = null,
        Token? stub = null)
    {
        var step = ++_step;
        if (_recorded.TryGetValue(step, out var done))
            return done!;
        if (DryRun)
            return stub ?? throw new InvalidOperationException($"'{description}' has no stub of its own.");

        Effects.Add(description);
        var outcome = await perform(new EffectId($"{FiringNumber:x16}{step:x16}"), CancellationToken.None);
        BeforeOutcome?.Invoke();
        _recorded[step] = outcome;
        return outcome;
    }

    public async ValueTask<Token> ChooseAsync(Func<CancellationToken, ValueTask<Token>> choose, Token? stub = null)
    {
        var step = ++_step;
        if (DryRun && stub is not null)
            return stub;
        if (!_recorded.TryGetValue(step, out var chosen))
            _recorded[step] = chosen = await choose(CancellationToken.None);
        return chosen!;
    }

    public ValueTask DelayAsync(TimeSpan delay)
    {
        _step++;
        Delays.Add(delay);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<Token?> WaitAsync(OutsideQuestion question, Func<OutsideWait, CancellationToken, ValueTask>? open = null, Token? stub = null)
    {
        var step = ++_step;
        if (DryRun && question.Kind != "run")
            return stub;
        if (_recorded.TryGetValue(step, out var known))
            return known;

        Questions.Add(question);
        if (open is not null)
            await open(new OutsideWait($"w{step}", RunId, NodeId, question), CancellationToken.None);
        _recorded[step] = Answer;
        return Answer;
    }

    public void Heartbeat(double? progress = null, string? message = null)
    {
    }

    public T Service<T>()
        where T : class =>
        _services.TryGetValue(typeof(T), out var service) ? (T)service : throw new ComponentException("component_service_missing", typeof(T).Name, retryable: false);
}
