namespace Actors.Domain.Validation;

/// <summary>Every code that a finding can have. A code is never renamed and never used for another meaning.</summary>
public static class FindingCodes
{
    public const string TypeUnknown = "node.type_unknown";
    public const string ComponentDisabled = "component.disabled";
    public const string AgentUnknown = "agent.unknown";
    public const string Foreign = "node.foreign";
    public const string Unreachable = "node.unreachable";
    public const string DeadEnd = "node.dead_end";
    public const string PropertyMissing = "property.missing";
    public const string PropertyInvalid = "property.invalid";
    public const string InputMissing = "input.missing";
    public const string PortUnknown = "connection.port_unknown";
    public const string TypeMismatch = "connection.type_mismatch";
    public const string ConnectionDuplicate = "connection.duplicate";
    public const string NameDuplicate = "name.duplicate";
    public const string NoSource = "process.no_source";
    public const string CycleWithoutAny = "cycle.without_any";
    public const string CycleWithoutCapacity = "cycle.without_capacity";
    public const string JoinOfAlternatives = "join.of_alternatives";
    public const string ErrorPortOpen = "error_port.open";
    public const string ErrorPortUnused = "error_port.unused";
    public const string Overlap = "layout.overlap";
    public const string OutsideParent = "layout.outside_parent";
    public const string NoSize = "layout.no_size";
    public const string FrameEmpty = "frame.empty";
    public const string LabelMissing = "label.missing";
    public const string AlternativeTextMissing = "label.alternative_text_missing";
    public const string TextEmpty = "text.empty";
}
