using System.Collections.Immutable;
using Actors.Components;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Grains.Tests.Runs;

/// <summary>A component that does what the test says.</summary>
internal sealed class ProbeComponent(EffectClass effects) : IComponent
{
    public delegate IAsyncEnumerable<Output> Behaviour(IFiring firing, IExecutionContext context, CancellationToken cancellationToken);

    public Behaviour? Behave { get; set; }

    /// <summary>Whether a silo that starts has the component.</summary>
    public bool IsInstalled { get; set; } = true;

    /// <summary>Of the silos that are started from now on.</summary>
    public int Version
    {
        get => Descriptor.Version;
        set => Descriptor = Descriptor with { Version = value };
    }

    public ComponentDescriptor Descriptor { get; set; } = new()
    {
        Id = "probe",
        Category = "test",
        Title = "Probe",
        Description = "Does what the test says.",
        Kinds = [DesignKind.Process],
        Properties = new PropertySchema(ImmutableDictionary<string, PropertyRule>.Empty, Open: true),
        Effects = effects,
        Inputs = [new PortDescriptor("in", PortType.Any, Required: true)],
        Outputs = [new PortDescriptor("out", PortType.Any), new PortDescriptor("error", PortType.Json)],
    };

    public IProcess Create(ProcessSettings settings) => new Process(this);

    private sealed class Process(ProbeComponent probe) : IAsyncProcess
    {
        public IAsyncEnumerable<Output> Execute(IFiring firing, IExecutionContext context, CancellationToken cancellationToken) =>
            probe.Behave!(firing, context, cancellationToken);
    }
}
