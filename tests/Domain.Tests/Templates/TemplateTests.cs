using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Domain.Interchange;
using Actors.Domain.Templates;

namespace Actors.Domain.Tests.Templates;

public sealed class TemplateTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_shipped_templates_are_those_that_we_promise() =>
        Assert.Equal(
            ["Dashboard", "Data pipeline", "Landing page", "Login", "Research assistant", "Settings"],
            ShippedTemplates.All.Select(template => template.View.Name));

    [Fact]
    public void Every_shipped_template_has_an_identifier_of_its_own_and_makes_a_valid_design()
    {
        Assert.Equal(ShippedTemplates.All.Length, ShippedTemplates.All.Select(template => template.View.Id).Distinct().Count());
        foreach (var template in ShippedTemplates.All)
        {
            Assert.True(Identifier.IsValid(Identifier.Template, template.View.Id), template.View.Name);
            var author = new Author("usr_1", AuthorKind.User);
            var decision = DesignState.Initial.Decide(
                new CreateDesign("dsg_1", "prj_1", template.View.Name, template.Contents.Kind, null, template.Contents.Settings, "e", author, At, template.Contents.Nodes, template.Contents.Connections),
                ComponentCatalog.BuiltIn,
                new DesignLimits());
            Assert.Null(decision.Refusal);
            Assert.StartsWith("<svg", SvgExport.Write(template.Contents.ToDocument("", template.View.Name, At), ComponentCatalog.BuiltIn), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void In_shipped_templates_nothing_overlaps_and_nothing_leaves_its_frame()
    {
        foreach (var template in ShippedTemplates.All)
        {
            var nodes = template.Contents.Nodes;
            foreach (var node in nodes)
            {
                if (nodes.FirstOrDefault(parent => parent.Id == node.Parent) is { } parent)
                    Assert.True(node.X >= parent.X && node.Y >= parent.Y && Right(node) <= Right(parent) && Bottom(node) <= Bottom(parent), $"{template.View.Name}: {node.Id} leaves {parent.Id}");

                Assert.DoesNotContain(nodes, other => other.Id != node.Id && other.Parent == node.Parent
                    && node.X < Right(other) && other.X < Right(node) && node.Y < Bottom(other) && other.Y < Bottom(node));
            }
        }
    }

    [Fact]
    public void A_template_is_changed_by_its_version_and_gone_when_deleted()
    {
        var contents = ShippedTemplates.All[0].Contents;
        var created = TemplateState.None.Decide(new TemplateCommand.Create(At, "usr_1", "tpl_1", "prj_1", " Mine ", null, "own", contents)).Next!;
        Assert.Equal(("Mine", "own"), (created.Name, created.Category));
        Assert.Equal(ErrorCodes.PreconditionFailed, created.Decide(Rename("x", expected: 9)).Refusal?.Code);
        Assert.Null(created.Decide(Rename("Mine")).Event);
        Assert.Equal(ErrorCodes.ValidationFailed, created.Decide(Rename(" ")).Refusal?.Code);
        Assert.Equal("x", created.Decide(Rename("x", expected: 1)).Next!.Name);
        var deleted = created.Decide(new TemplateCommand.Delete(At, "usr_1", null)).Next!;
        Assert.Equal(ErrorCodes.NotFound, deleted.Decide(Rename("x")).Refusal?.Code);
        Assert.NotNull(deleted.Decide(new TemplateCommand.Create(At, "usr_1", "tpl_1", "prj_1", "Again", null, null, contents)).Refusal);
    }

    private static TemplateCommand.Change Rename(string name, long? expected = null) => new(At, "usr_1", name, false, null, false, null, expected);

    private static double Right(Node node) => node.X + node.Width!.Value;

    private static double Bottom(Node node) => node.Y + node.Height!.Value;
}
