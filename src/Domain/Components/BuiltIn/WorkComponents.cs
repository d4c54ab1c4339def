using static Actors.Domain.Components.BuiltIn.ProcessRules;
using static Actors.Domain.Components.BuiltIn.Rules;

namespace Actors.Domain.Components.BuiltIn;

/// <summary>What is done with a token: data, effects and models.</summary>
internal static class WorkComponents
{
    private const string Data = "data";
    private const string Effects = "effects";
    private const string Ai = "ai";

    private static readonly PropertyRule Path = Expression("A JSON path; the token is `$`.");
    private static readonly PropertyRule Template = Long("A template over the token.", required: true);

    private static readonly (string, PropertyRule)[] Model =
    [
        ("model", Short("Provider and model; the project's routing when absent.")),
        ("models", List("Models in the order in which they are tried.", Short(), 20)),
        ("system", Long("The system prompt.")),
        ("temperature", Number("", 0, 2)),
        ("maximumTokens", Whole("Of the answer.", 1, 1e6)),
        ("budget", Number("In the price table's currency.", 0)),
        ("cache", Flag("Whether an answer to the same request may be reused.", true)),
    ];

    public static IEnumerable<ComponentDescriptor> All =>
    [
        Process("template", Data, "Template", "Text from a token.", "file-text", [In()], [Out(PortType.Text), Error], """{"template":"Hello {{name}}"}""", ("template", Template)),
        Process("select", Data, "Select", "A part of a token.", "crosshair", [In()], [Out(), Error], """{"path":"$.user.name"}""",
            ("path", Expression("A JSON path; the token is `$`.", required: true)), ("all", Flag("Every match, as a list.")), ("default", Any("When nothing matches; null when absent."))),
        Process("map", Data, "Map", "A new object, field by field.", "shuffle", [In()], [Out(PortType.Json), Error], """{"fields":{"name":"$.user.name"}}""",
            ("fields", Map("Name to expression; what is no text stands for itself.", required: true)), ("keep", Flag("Whether the token's other fields stay."))),
        Process("aggregate", Data, "Aggregate", "One figure of many tokens, or of the entries of a single list.", "sigma", [In()], [Out(), Error], """{"operation":"sum","field":"$.amount"}""",
            ("operation", OneOf("What is computed.", "count", "sum", "average", "minimum", "maximum", "first", "last", "min", "max", "avg", "list") with { Required = true }),
            ("field", Path), ("groupBy", Expression("A figure for each value of it: a list of key, value and count."))) with { Rule = FiringRule.Collect },
        Process("sort", Data, "Sort", "Tokens, or a token's entries, in order.", "arrow-down-up", [In()], [Out(), Error], """{"field":"$.name","descending":false}""",
            ("field", Path), ("by", Path), ("descending", Flag()), ("direction", OneOf("", "ascending", "descending"))) with { Rule = FiringRule.Collect, Stateful = true },
        Process("distinct", Data, "Distinct", "Each token once.", "fingerprint", [In()], [Out(), Error], """{"field":"$.id"}""", ("field", Path), ("by", Path),
            ("limit", Whole("Different values at most.", 1, 1e6, byDefault: 100_000))) with { Stateful = true },
        Process("validate", Data, "Validate", "Separates tokens that fit a schema from those that do not.", "shield-check", [In()],
            [Out(), Out("invalid", PortType.Json, "Token and errors."), Error], """{"schema":{"type":"object"}}""", ("schema", Any("A JSON Schema.", required: true))),
        Process("json.parse", Data, "Parse JSON", "Text as a value.", "braces", [In(PortType.Text)], [Out(PortType.Json), Error], "{}"),
        Process("csv.parse", Data, "Parse CSV", "Rows of a table.", "table", [In(PortType.Text)], [Out(PortType.Json), Error], """{"header":true}""",
            ("header", Flag("Whether the first row names the columns.", true)), ("separator", Short("Between fields.", ",")), ("rows", Flag("A token for each row; one list when not.", true))) with { Stateful = true },
        Process("text.split", Data, "Split text", "Pieces of a text.", "scissors", [In(PortType.Text)], [Out(PortType.Text), Error], """{"separator":"\n"}""",
            ("separator", Short("Between pieces.")), ("by", OneOf("", "separator", "lines", "words", "characters")),
            ("size", Whole("Characters of a piece; shorter parts are packed together.", 1, 1e6)), ("overlap", Whole("Characters that two pieces share.", 0, 1e6)),
            ("trim", Flag("Without white space at the ends, and without empty pieces."))) with { Stateful = true },
        Process("http.request", Effects, "HTTP request", "Asks another server. Private addresses are refused unless allowed.", "globe", [In()],
            [Out(PortType.Any, "Status, headers and body."), Error], """{"method":"GET","url":"https://example.com/items/{{id}}"}""",
            ("method", OneOf("", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")), ("url", Short("A template over the token; what is filled in is escaped. {{secret.NAME}} stands for a secret of the project.", required: true)), ("headers", Map("Name to template.")),
            ("query", Map("Name to template.")), ("body", Any("A template, or a value whose texts are templates; POST, PUT and PATCH send the token when absent.")), ("contentType", Short()),
            ("response", OneOf("What the token is.", "full", "body")), ("maximumBytes", Whole("Of the answer's body.", 1, 64 * 1024 * 1024, byDefault: 1024 * 1024)),
            ("effects", OneOf("Of which class the request is: the server knows one that is repeated by its Idempotency-Key, repeating changes nothing, or it must not be repeated unasked (then the node's inDoubt decides).", "keyed", "idempotent", "unsafe"))) with { Effects = EffectClass.Keyed },
        Process("file.write", Effects, "Write file", "Writes a token to the project's files.", "file-output", [In()], [Out(PortType.Any, "The file's entry."), Error], """{"path":"out/result.txt"}""",
            ("path", Short("A template over the token.", required: true)), ("content", Long("A template; the token itself when absent.")), ("contentType", Short("By the path's ending when absent.")), ("append", Flag("Whether it goes to the end of the file."))) with { Effects = EffectClass.Idempotent },
        Process("notify", Effects, "Notify", "A message to the project's room.", "bell", [In()], [Out(), Error], """{"message":"Done: {{title}}"}""",
            ("message", Long("A template over the token.", required: true)), ("title", Short("A template over the token.")), ("level", OneOf("", "info", "success", "warning", "error")), ("to", List("Account ids; everyone when empty.", Short(), 100))) with { Effects = EffectClass.Keyed },
        Process("log", Effects, "Log", "A line in the run's log.", "scroll-text", [In()], [Out()], """{"message":"{{$}}"}""", ("message", Long("A template; the token itself when absent.")), ("level", OneOf("", "info", "debug", "warning", "error"))),
        Process("metrics", Effects, "Metrics", "Counts or measures.", "activity", [In()], [Out()], """{"name":"items","kind":"counter"}""",
            ("name", Short("", required: true)), ("kind", OneOf("", "counter", "gauge", "histogram")), ("value", Any("An expression or a number; 1 when absent.")), ("tags", Map("Name to template."))),
        Process("ai.prompt", Ai, "Prompt", "A model's answer to a prompt.", "sparkles", [In()], [Out(PortType.Text), Error], """{"prompt":"Summarize: {{text}}"}""",
            [.. Model, ("prompt", Long("A template over the token.", required: true))]),
        Process("ai.extract", Ai, "Extract", "Fields that a model finds, by schema.", "scan-text", [In()], [Out(PortType.Json), Error], """{"schema":{"type":"object"}}""",
            [.. Model, ("schema", Any("The JSON Schema of the answer.", required: true)), ("instructions", Long("What else the model should know.")), ("prompt", Long("A template for the text; the token when absent."))]),
        Process("ai.classify", Ai, "Classify", "The category that a model chooses.", "tags", [In()], [Out(PortType.Json, "Category and confidence."), Error], """{"categories":["bug","question"]}""",
            [.. Model, ("categories", List("The names to choose from.", Short(), 200) with { Required = true }), ("labels", List("As categories.", Short(), 200)), ("instructions", Long("What else the model should know.")),
                ("prompt", Long("A template for the text; the token when absent.")), ("multiple", Flag("Whether several may fit."))]),
        Process("ai.summarize", Ai, "Summarize", "The gist of a text.", "align-left", [In()], [Out(PortType.Text), Error], """{"maximumWords":100}""",
            [.. Model, ("maximumWords", Whole("", 1, 10_000)), ("style", Short()), ("language", Short()), ("instructions", Long("What else the model should know.")), ("prompt", Long("A template for the text; the token when absent."))]),
        Process("ai.agent", Ai, "Agent", "An agent's answer to each token.", "bot", [In()], [Out(PortType.Text, "The answer."), Error], """{"agent":"research","task":"Find sources on {{topic}}"}""",
            [.. Model, ("agent", Short("The agent's name: `assistant`, `code`, `fixer`, `pedagogy`, `planner`, `qa`, `research`, `ui` or `wireframe`.", required: true)), ("task", Long("What to do: a template over the token.")),
                ("input", Any("What it is about, a text as a template; the token when absent. The agent gets it as data.")), ("prompt", Long("As task.")), ("timeoutMilliseconds", Number("Then the firing fails; 5 minutes when absent.", 1, 86_400_000))]),
    ];
}
