namespace Actors.Frontend.UiComponents;

/// <summary>Components of the library in the documentation.</summary>
internal static class UiComponentExamples
{
    public const string Listed = "{" + Members + "}";

    public const string Component = "{" + Members + """
        ,"export":{"html":"<button class=\"button\" type=\"button\">Buy</button>\n","css":".button {\n  padding: 0 16px;\n}\n","baseCss":":root {\n  --ink: #1f2937;\n}\n",
         "react":"import styles from './Button.module.css';\n\nexport function Button() {\n  return (\n    <button className={styles.button} type=\"button\">Buy</button>\n  );\n}\n"}}
        """;

    private const string Members = """
        "id":"ui.button","version":1,"category":"forms","title":"Button","description":"Starts an action.","icon":"mouse-pointer",
        "schema":{"type":"object","properties":{"text":{"type":"string"},"disabled":{"type":"boolean","default":false}}},"defaults":{"disabled":false},
        "example":{"text":"Buy"},"defaultWidth":120,"defaultHeight":40,"container":false,"preview":"/api/v1/ui-components/ui.button/preview"
        """;
}
