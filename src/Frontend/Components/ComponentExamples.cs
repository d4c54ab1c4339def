namespace Actors.Frontend.Components;

/// <summary>A component in the documentation.</summary>
internal static class ComponentExamples
{
    public const string Component = """
        {"id":"ui.button","version":1,"category":"ui","title":"Button","description":"Something to press.","icon":"button","kinds":["wireframe"],
         "inputs":[],"outputs":[{"name":"press","type":"signal","required":false,"description":"Pressed."}],
         "schema":{"type":"object","properties":{"text":{"type":"string"}}},"defaultWidth":120,"defaultHeight":40,"container":false,"rule":"all","effects":"pure","example":{"text":"Buy"}}
        """;
}
