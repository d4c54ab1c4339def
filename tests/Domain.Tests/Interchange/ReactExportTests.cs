using System.IO.Compression;
using System.Text.Json;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Interchange;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Interchange;

public sealed class ReactExportTests
{
    [Fact]
    public void A_project_has_a_component_for_each_frame_and_for_what_repeats()
    {
        var files = Files(Samples.Document(
            DesignKind.Wireframe,
            [
                new Node { Id = "a", Type = "frame", Label = "Sign in", Width = 400, Height = 300 },
                Button("b1", "a", 20, """{"text":"Save"}"""),
                Button("b2", "a", 80, """{"text":"It's {off}","variant":"danger"}"""),
                new Node { Id = "c", Type = "frame", Label = "2nd", X = 500, Width = 400, Height = 300 },
                Button("b3", "c", 20, """{"text":"Next"}""") with { X = 520 },
            ],
            []));
        Assert.Equal(
            [
                ".gitignore", "index.html", "package-lock.json", "package.json", "src/App.module.css", "src/App.tsx", "src/components/Button.module.css", "src/components/Button.tsx",
                "src/frames/Screen2nd.module.css", "src/frames/Screen2nd.tsx", "src/frames/SignIn.module.css", "src/frames/SignIn.tsx", "src/index.css", "src/main.tsx", "tsconfig.json", "vite.config.ts",
            ],
            files.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("export interface ButtonProps {\n  className?: string;\n  variant?: 'danger';\n  text: string;\n}", files["src/components/Button.tsx"], StringComparison.Ordinal);
        Assert.Contains("<Button className={styles['button-1']} text=\"Save\" />", files["src/frames/SignIn.tsx"], StringComparison.Ordinal);
        Assert.Contains("variant=\"danger\" text=\"It's {off}\" />", files["src/frames/SignIn.tsx"], StringComparison.Ordinal);
        Assert.Contains("import { SignIn } from './frames/SignIn';", files["src/App.tsx"], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_never_becomes_code()
    {
        const string Hostile = "{alert(1)} </button><script>`${x}` \\ ' \" \u2028 //";
        var files = Files(Samples.Document(DesignKind.Wireframe, [new Node { Id = "b", Type = "ui.button", Props = JsonSerializer.SerializeToElement(new { text = Hostile }) }], []));
        Assert.Contains("{'{alert(1)} </button><script>`${x}` \\\\ \\' \" \\u2028 //'}", files["src/App.tsx"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_design_always_gives_the_same_bytes() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var design = Samples.Generate(seed);
        Assert.Equal(ReactExport.WriteZip(design, ComponentCatalog.BuiltIn), ReactExport.WriteZip(design, ComponentCatalog.BuiltIn));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static Node Button(string id, string parent, double y, string props) =>
        new() { Id = id, Type = "ui.button", Parent = parent, X = 20, Y = y, Width = 120, Height = 40, Props = JsonElement.Parse(props) };

    private static Dictionary<string, string> Files(DesignDocument design)
    {
        using var zip = new ZipArchive(new MemoryStream(ReactExport.WriteZip(design, ComponentCatalog.BuiltIn)));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return reader.ReadToEnd();
        });
    }
}
