using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Components.Tests.Documentation;

public sealed partial class DocumentationTests
{
    private static readonly ComponentDescriptor[] Processes = [.. ComponentCatalog.BuiltIn.All.Where(component => component.Kinds.Contains(DesignKind.Process) && component.Id != "foreign" && IsRunnable(component))];

    /// <summary>Where components and what serves them are.</summary>
    private static readonly string[] Sources = ["src/Components", "src/Agents", "src/Grains/Outbound", "src/Grains/Runs"];

    /// <summary>Codes of other areas that a component passes on.</summary>
    private static readonly string[] Refusals = [ErrorCodes.NotFound];

    /// <summary>Codes that the run gives to a firing or to itself, whatever the component.</summary>
    private static readonly string[] ByTheRun = [ErrorCodes.RunDeadlocked, ErrorCodes.ComponentFailed];

    public static TheoryData<string> Ids => [.. Processes.Select(component => component.Id)];

    [Fact]
    public void Every_process_component_of_the_catalog_has_an_implementation() => Assert.Equal(
        Processes.Select(component => component.Id),
        TestProcess.Registry.All.Select(component => component.Descriptor.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    [Spec("BI-01", "BI-02", "BI-03", "BI-04", "BI-05", "BI-06")]
    public void The_example_of_a_component_runs(string id)
    {
        var example = ComponentExample.Of(id);
        Assert.Equal(example.Outputs, example.Run());
        Assert.Null(TestProcess.Registry.Find(id)!.Descriptor.Properties.CheckComplete(System.Text.Json.JsonElement.Parse(example.PropsText)));
        _ = new TestProcess(id, TestProcess.Registry.Find(id)!.Descriptor.Example!.Value.GetRawText(), new Dictionary<string, IReadOnlyList<Token>> { ["topic"] = [] });
    }

    /// <summary>In the sources, so that no component raises a code of its own that nobody knows of.</summary>
    [Fact]
    public void Every_code_that_a_component_raises_is_in_the_table_of_failures()
    {
        var raised = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Sources.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)))
        {
            foreach (Match exception in Raised().Matches(File.ReadAllText(file)))
            {
                Assert.False(exception.Groups["text"].Success, $"{file} raises a code as text: {exception.Value}. It belongs into ErrorCodes.");
                raised.Add((string)typeof(ErrorCodes).GetField(exception.Groups["name"].Value)!.GetRawConstantValue()!);
            }
        }

        Assert.True(raised.Count > 30, $"Only {raised.Count} codes were found.");
        Assert.Empty(raised.Except(ComponentPage.Failures.Select(failure => failure.Code)).Except(Refusals));
        Assert.Empty(ComponentPage.Failures.Select(failure => failure.Code).Except(raised).Except(ByTheRun));
    }

    [Fact]
    public void What_to_do_about_each_failure_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs/errors.md"));
        Assert.All(ComponentPage.Failures, failure => Assert.Contains($"\n### {failure.Code}\n", page, StringComparison.Ordinal));
    }

    [Fact]
    [Spec("BI-08")]
    public void The_page_of_components_says_what_the_descriptors_say()
    {
        var page = ComponentPage.Write(Processes);
        var path = Path.Combine(Root(), "docs/components.md");
        if (Environment.GetEnvironmentVariable("ACTORS_WRITE_DOCS") == "1")
            File.WriteAllText(path, page);
        Assert.Equal(page, File.ReadAllText(path), ignoreLineEndingDifferences: true);
    }

    /// <summary>The catalog's other families stand in process designs for people alone: shapes and notes.</summary>
    private static bool IsRunnable(ComponentDescriptor component) => component.Category is "sources" or "flow" or "data" or "effects" or "ai" or "sinks";

    [GeneratedRegex("""(?:new ComponentException|ComponentException \w+\([^)]*\)\s*=>\s*new)\(\s*(?:"(?<text>[^"]*)"|ErrorCodes\.(?<name>\w+))|OutsideAnswers\.Result\([^;]*ErrorCodes\.(?<name>\w+)""", RegexOptions.None, 10_000)]
    private static partial Regex Raised();

    private static string Root() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    private static string Here([CallerFilePath] string path = "") => path;
}
