using Actors.Domain;
using Actors.Frontend.Documentation;

namespace Actors.Frontend.Designs;

/// <summary>Designs and what is in them in the documentation.</summary>
internal static class DesignExamples
{
    public const string New = """{"name":"Check-out","kind":"wireframe","description":"Three steps"}""";
    public const string Patch = """{"name":"Check-out, second try"}""";
    public const string Copy = """{"name":"Check-out, a copy"}""";
    public const string NewNode = """{"id":"buy","type":"ui.button","x":40,"y":300,"props":{"text":"Buy"}}""";
    public const string NodePatch = """{"x":60,"props":{"text":"Buy now"}}""";
    public const string NewConnection = """{"id":"shape","from":{"node":"question","port":"out"},"to":{"node":"prompt","port":"in"}}""";
    public const string ConnectionPatch = """{"props":{"label":"first"}}""";
    public const string File = """{"nodes":[{"id":"1","type":"input","position":{"x":0,"y":0},"data":{"label":"Start"}}],"edges":[]}""";

    public const string Batch = $$"""{"batchId":"0198f3a2-7c1d-7c3e-9b58-3f1c2d4e5f60","baseRevision":1,"operations":[{"op":"node.add","node":{{NewNode}}}]}""";
    public const string Committed = """{"status":"committed","revision":2,"ignored":[]}""";

    public const string Node = """{"id":"buy","type":"ui.button","x":40,"y":300,"order":"a0","props":{"text":"Buy"}}""";
    public const string NodeReply = $$"""{"revision":2,"node":{{Node}}}""";
    public const string Connection = """{"id":"shape","from":{"node":"question","port":"out"},"to":{"node":"prompt","port":"in"},"props":{}}""";
    public const string ConnectionReply = $$"""{"revision":3,"connection":{{Connection}}}""";

    public const string Header =
        $$"""{"id":"{{ExampleIds.Design}}","projectId":"{{ExampleIds.Project}}","name":"Check-out","kind":"wireframe","epoch":"01k9x2m4","revision":2,"nodes":1,"connections":0,"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.Later}}"}""";

    public const string Document =
        $$"""{"id":"{{ExampleIds.Design}}","projectId":"{{ExampleIds.Project}}","name":"Check-out","kind":"wireframe","settings":{},"epoch":"01k9x2m4","revision":2,"nodes":[{{Node}}],"connections":[],"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.Later}}"}""";

    public const string Imported = $$"""{"design":{{Document}},"warnings":[{"pointer":"/nodes/0","text":"The type is not known here; the node is kept as foreign."}]}""";

    public const string Change =
        $$"""{"revision":2,"batchId":"0198f3a2-7c1d-7c3e-9b58-3f1c2d4e5f60","at":"{{ExampleIds.Later}}","author":{"id":"{{ExampleIds.Account}}","kind":"user"},"operations":[{"op":"node.add","node":{{Node}}}]}""";

    /// <summary>What the rules of designs refuse, whichever way an operation comes.</summary>
    public static readonly string[] OperationCodes =
    [
        ErrorCodes.OperationUnknown, ErrorCodes.OperationMalformed, ErrorCodes.TypeUnknown, ErrorCodes.PropertyInvalid, ErrorCodes.FieldUnknown,
        ErrorCodes.FieldImmutable, ErrorCodes.PortUnknown, ErrorCodes.PortMismatch, ErrorCodes.ConnectionDangling, ErrorCodes.HierarchyCycle,
        ErrorCodes.ParentUnknown, ErrorCodes.BatchEmpty, ErrorCodes.LimitReached, ErrorCodes.Deleted,
    ];
}
