using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Orleans.Embedded;

/// <summary>Settings of the embedded engine. Wrong ones stop the start.</summary>
public sealed class EmbeddedEngineOptions
{
    /// <summary>Passes each argument, result and stream item through JSON, as a silo boundary would. Default off; on in test clusters.</summary>
    public bool VerifyMessages { get; set; }

    /// <summary>How messages are written when they are verified, and states in memory storage.</summary>
    public JsonSerializerOptions MessageSerializerOptions { get; set; } = new(JsonSerializerDefaults.Web);

    /// <summary>How long a caller waits. Default 30 s; at least 10 ms.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle. Default 15 min; longer than <see cref="CollectionQuantum"/>.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. Default 1 min.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation may take to activate. Default 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running calls and OnDeactivateAsync may each take once an activation is to end. Default 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many requests one activation may have, queued and running; more are refused with LimitExceededException. Default 10,000.</summary>
    public int MaxPendingRequests { get; set; } = 10_000;

    /// <summary>Assemblies with grains beside those that the program's entry assembly and the loaded assemblies reference.</summary>
    public ICollection<Assembly> GrainAssemblies { get; } = [];
}

internal sealed class EmbeddedEngineOptionsValidator : IValidateOptions<EmbeddedEngineOptions>
{
    private static readonly TimeSpan Smallest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Largest = TimeSpan.FromDays(40);

    public ValidateOptionsResult Validate(string? name, EmbeddedEngineOptions options)
    {
        var failures = new List<string>();
        Check(options.ResponseTimeout, nameof(options.ResponseTimeout));
        Check(options.CollectionAge, nameof(options.CollectionAge));
        Check(options.CollectionQuantum, nameof(options.CollectionQuantum));
        Check(options.ActivationTimeout, nameof(options.ActivationTimeout));
        Check(options.DeactivationTimeout, nameof(options.DeactivationTimeout));
        if (options.CollectionAge <= options.CollectionQuantum)
            failures.Add($"{nameof(EmbeddedEngineOptions)}.{nameof(options.CollectionAge)} is {options.CollectionAge} and must be longer than CollectionQuantum ({options.CollectionQuantum}).");
        if (options.MaxPendingRequests < 1)
            failures.Add($"{nameof(EmbeddedEngineOptions)}.{nameof(options.MaxPendingRequests)} is {options.MaxPendingRequests} and must be at least 1.");
        if (options.MessageSerializerOptions is null)
            failures.Add($"{nameof(EmbeddedEngineOptions)}.{nameof(options.MessageSerializerOptions)} is null and must be set.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(TimeSpan value, string option)
        {
            if (value < Smallest || value > Largest)
                failures.Add($"{nameof(EmbeddedEngineOptions)}.{option} is {value} and must be from {Smallest} to {Largest}.");
        }
    }
}
