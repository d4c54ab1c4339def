using System.Collections.Immutable;
using static Actors.Domain.Components.BuiltIn.ProcessRules;
using static Actors.Domain.Components.BuiltIn.Rules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>Where tokens come from, which way they go, and where they end.</summary>
internal static class FlowComponents
{
    private const string Sources = "sources";
    private const string Flow = "flow";
    private const int Cases = 8;

    private static readonly PropertyRule Condition = Expression("An expression; the token is `$`.", required: true);

    public static IEnumerable<ComponentDescriptor> All =>
    [
        Process("input", Sources, "Input", "What the run is started with, by name.", "log-in", [], [Out()], """{"name":"topic"}""",
            ("name", Short("The name in the run's inputs.", required: true)), ("type", Short("The type that the run's form asks for.")),
            ("title", Short()), ("description", Long()), ("default", Any("The token when the run brings none.")), ("required", Flag())) with { Rule = FiringRule.Source, Stateful = true },
        Process("constant", Sources, "Constant", "One token, always the same.", "hash", [], [Out()], """{"value":"hello"}""", ("value", Any("The token.", required: true))) with { Rule = FiringRule.Source },
        Process("range", Sources, "Range", "Numbers from one bound to the other, both included.", "list-ordered", [], [Out(PortType.Number)], """{"from":1,"to":10,"step":1}""",
            ("from", Number("The first number.", byDefault: 0)), ("to", Required(Number("The last number is not beyond it."))), ("step", Number("Not 0; negative counts down.", byDefault: 1))) with { Rule = FiringRule.Source, Stateful = true },
        Process("schedule", Sources, "Schedule", "A token at each time of a schedule.", "clock", [], [Out(PortType.Json, "The time.")], """{"cron":"0 9 * * MON"}""",
            ("cron", Short("A cron expression, as of triggers: five fields, or `@daily` and its like.")), ("everyMilliseconds", Number("An interval instead.", 1_000)), ("timeZone", Short("An IANA name, for cron; UTC when absent.")),
            ("count", Whole("Ticks of a run that ticks itself; without end when absent.", 1, 1e9))) with { Rule = FiringRule.Source, Stateful = true },
        Process("webhook", Sources, "Webhook", "The request to the design's hook that started the run.", "webhook", [], [Out(PortType.Json, "Method, path, contentType, headers, query and body.")], "{}",
            ("contentType", Short("Only requests of this media type; all when absent."))) with { Rule = FiringRule.Source },
        Process("file.read", Sources, "Read file", "The content of a project file.", "file-input", [], [Out(), Error], """{"path":"data/in.json"}""",
            ("path", Short("Path in the project's files.", required: true)), ("as", OneOf("What is emitted: the text, the JSON value, each line, or the file's entry.", "text", "json", "lines", "file"))) with { Rule = FiringRule.Source, Stateful = true },
        Process("filter", Flow, "Filter", "Lets the tokens through that meet a condition.", "filter", [In()], [Out(), Out("rejected", PortType.Any, "The others."), Error],
            """{"condition":"$.score > 0.5"}""", ("condition", Condition)),
        Process("switch", Flow, "Switch", "Sends a token to the port of the first case that it meets.", "git-fork", [In()], [.. SwitchPorts(), Error],
            """{"cases":[{"condition":"$.kind == 'a'","port":"case1"}]}""",
            ("cases", Required(List("In order: conditions, or objects with a condition and a port; the n-th goes to case n when it names no port.", new PropertyRule.Json(), Cases)))),
        Process("merge", Flow, "Merge", "Tokens of all its connections, each as it comes, fairly.", "git-merge", [In()], [Out()], "{}") with { Rule = FiringRule.Any },
        Process("zip", Flow, "Zip", "One token from each connection, together as a list.", "link-2", [In() with { FanIn = FanIn.Join }], [Out(PortType.List(PortType.Any))], "{}", ("fields", List("Names; the tokens become an object instead of a list.", Short(), 100))),
        Process("split", Flow, "Split", "The entries of a list, one by one.", "split", [In()], [Out(), Error], """{"path":"$.items"}""", ("path", Expression("Where the list is; the token itself when absent."))) with { Stateful = true },
        Process("collect", Flow, "Collect", "All tokens as one list, once the input has closed.", "layers", [In()], [Out(PortType.List(PortType.Any))], "{}", ("limit", Whole("Entries at most.", 1, 1e6))) with { Rule = FiringRule.Collect },
        Process("window", Flow, "Window", "Tokens in groups, by number or by time.", "columns", [In()], [Out(PortType.List(PortType.Any))], """{"count":10}""",
            ("count", Whole("Tokens in a group.", 1, 1e5)), ("milliseconds", Number("A group ends so long after its first token.", 1, 31_536_000_000)), ("step", Whole("Tokens between the beginnings of two groups; as many as count when absent. Not with milliseconds.", 1, 1e5))) with { Stateful = true, FiresAtEnd = true },
        Process("delay", Flow, "Delay", "Keeps each token for a while.", "hourglass", [In()], [Out()], """{"milliseconds":1000}""",
            ("milliseconds", Required(Number("", 0, 31_536_000_000)))) with { DefaultParallelism = 64 },
        Process("throttle", Flow, "Throttle", "Lets so many tokens through in a second.", "gauge", [In()], [Out()], """{"perSecond":10}""",
            ("perSecond", Required(Number("", 0.0001, 1e6))), ("burst", Whole("Tokens that may come at once after a quiet time.", 1, 1e6, byDefault: 1))) with { Stateful = true },
        Process("approval", Flow, "Approval", "Waits until a person agrees or not.", "user-check", [In()],
            [Out(description: "The token, when approved."), Out("rejected", PortType.Any, "The token, when not."), Error], """{"question":"Publish it?"}""",
            ("question", Long("What the person is asked; a template over the token.", required: true)), ("assignees", List("Account ids; every editor when empty.", Short(), 100)),
            ("timeoutMilliseconds", Number("Then it counts as rejected.", 1))) with { DefaultParallelism = 64 },
        Process("design", Flow, "Design", "Runs another design for each token.", "workflow", [In()], [Out(description: "Its outputs."), Error], """{"designId":"dsg_01j00000000000000000000000"}""",
            ("designId", Short("The design to run.", required: true)), ("revision", Whole("The newest when absent.", 0, 9e15)), ("input", Short("The name of the input that gets the token.", "input")),
            ("output", Short("The output whose tokens are emitted one by one; all outputs as one object when absent.")), ("timeoutMilliseconds", Number("Then the firing fails.", 1))),
        Process("fail", Flow, "Fail", "Ends the run as failed.", "octagon-alert", [In()], [], """{"message":"No result."}""", ("message", Long("A template over the token."))),
        Process("output", "sinks", "Output", "What the run answers, by name.", "log-out", [In()], [], """{"name":"result"}""",
            ("name", Short("The name in the run's outputs.", required: true)), ("title", Short()), ("description", Long()), ("type", Short())),
    ];

    private static ImmutableArray<PortDescriptor> SwitchPorts() =>
    [
        Out(description: "For cases that name it."),
        .. Enumerable.Range(1, Cases).Select(n => Out($"case{n}", PortType.Any, $"Tokens of case {n}.")),
        Out("default", PortType.Any, "Tokens that meet no case."),
    ];

    private static PropertyRule Required(PropertyRule rule) => rule with { Required = true };
}
