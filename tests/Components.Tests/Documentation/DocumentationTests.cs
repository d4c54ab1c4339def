using System.Reflection;
using System.Runtime.CompilerServices;
using Actors.Domain.Components;
using Actors.Domain.Designs;

namespace Actors.Components.Tests.Documentation;

public sealed class DocumentationTests
{
    private static readonly ComponentDescriptor[] Processes = [.. ComponentCatalog.BuiltIn.All.Where(component => component.Kinds.Contains(DesignKind.Process) && component.Id != "foreign" && IsRunnable(component))];

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

    [Fact]
    public void Every_failure_code_is_documented() => Assert.Equal(
        typeof(FailureCodes).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        ComponentPage.Failures.Select(failure => failure.Code).Order(StringComparer.Ordinal));

    [Fact]
    [Spec("BI-08")]
    public void The_page_of_components_says_what_the_descriptors_say()
    {
        var page = ComponentPage.Write(Processes);
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/components.md"));
        if (Environment.GetEnvironmentVariable("ACTORS_WRITE_DOCS") == "1")
            File.WriteAllText(path, page);
        Assert.Equal(page, File.ReadAllText(path), ignoreLineEndingDifferences: true);
    }

    /// <summary>The catalog's other families stand in process designs for people alone: shapes and notes.</summary>
    private static bool IsRunnable(ComponentDescriptor component) => component.Category is "sources" or "flow" or "data" or "effects" or "ai" or "sinks";

    private static string Here([CallerFilePath] string path = "") => path;
}
