using System.Collections.Frozen;

namespace Actors.Domain.Interchange.Svg;

/// <summary>Which component is drawn how; whatever is not named here is drawn by its own template, or as a box with its title.</summary>
internal static class SvgDrawings
{
    private static readonly FrozenDictionary<string, Action<SvgCanvas, SvgNode>> ByType = new Dictionary<string, Action<SvgCanvas, SvgNode>>(StringComparer.Ordinal)
    {
        ["frame"] = SvgShapes.Frame,
        ["text"] = SvgShapes.Text,
        ["image"] = SvgShapes.Image,
        ["shape.rectangle"] = SvgShapes.Rectangle,
        ["shape.ellipse"] = SvgShapes.Ellipse,
        ["shape.diamond"] = SvgShapes.Diamond,
        ["shape.line"] = SvgShapes.Line,
        ["shape.path"] = SvgShapes.Line,
        ["ui.button"] = SvgForms.Button,
        ["ui.input"] = SvgForms.Input,
        ["ui.textarea"] = SvgForms.TextArea,
        ["ui.select"] = SvgForms.Select,
        ["ui.checkbox"] = SvgForms.Checkbox,
        ["ui.radio"] = SvgForms.Radio,
        ["ui.switch"] = SvgForms.Switch,
        ["ui.slider"] = SvgForms.Slider,
        ["ui.search"] = SvgForms.Search,
        ["ui.datepicker"] = SvgForms.DatePicker,
        ["ui.upload"] = SvgForms.Upload,
        ["ui.rating"] = SvgForms.Rating,
        ["ui.form"] = SvgForms.Form,
        ["ui.card"] = SvgLayout.Card,
        ["ui.section"] = SvgLayout.Section,
        ["ui.container"] = SvgLayout.Container,
        ["ui.modal"] = SvgLayout.Modal,
        ["ui.drawer"] = SvgLayout.Modal,
        ["ui.hero"] = SvgLayout.Hero,
        ["ui.footer"] = SvgLayout.Footer,
        ["ui.divider"] = SvgLayout.Divider,
        ["ui.spacer"] = static (_, _) => { },
        ["ui.accordion"] = SvgLayout.Accordion,
        ["ui.tabs"] = SvgLayout.Tabs,
        ["ui.navbar"] = SvgLayout.Navbar,
        ["ui.sidebar"] = SvgLayout.Sidebar,
        ["ui.breadcrumb"] = SvgLayout.Breadcrumb,
        ["ui.pagination"] = SvgLayout.Pagination,
        ["ui.menu"] = SvgLayout.Menu,
        ["ui.stepper"] = SvgLayout.Stepper,
        ["ui.link"] = SvgLayout.Link,
        ["ui.heading"] = SvgContent.Heading,
        ["ui.paragraph"] = SvgContent.Paragraph,
        ["ui.icon"] = SvgContent.Icon,
        ["ui.image"] = SvgContent.Picture,
        ["ui.gallery"] = SvgContent.Gallery,
        ["ui.carousel"] = SvgContent.Carousel,
        ["ui.video"] = SvgContent.Video,
        ["ui.map"] = SvgContent.Map,
        ["ui.avatar"] = SvgContent.Avatar,
        ["ui.badge"] = SvgContent.Badge,
        ["ui.list"] = SvgContent.List,
        ["ui.table"] = SvgTables.Table,
        ["ui.chart"] = SvgTables.Chart,
        ["ui.stat"] = SvgContent.Stat,
        ["ui.calendar"] = SvgContent.Calendar,
        ["ui.tree"] = SvgContent.Tree,
        ["ui.code"] = SvgContent.Code,
        ["ui.alert"] = SvgContent.Alert,
        ["ui.toast"] = SvgContent.Bubble,
        ["ui.tooltip"] = SvgContent.Bubble,
        ["ui.progress"] = SvgContent.Progress,
        ["ui.spinner"] = SvgContent.Spinner,
        ["ui.skeleton"] = SvgContent.Skeleton,
        ["ui.chat"] = SvgContent.Chat,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static void Draw(SvgCanvas canvas, SvgNode node)
    {
        if (node.Component?.Look is { } look)
            look.Drawing.Draw(canvas, node);
        else
            ByType.GetValueOrDefault(node.Node.Type, SvgProcess.Box)(canvas, node);
    }
}
