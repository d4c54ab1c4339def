using Actors.Frontend.Documentation;

namespace Actors.Frontend.UiComponents;

/// <summary>Components of the library in the documentation.</summary>
internal static class UiComponentExamples
{
    public const string Listed = "{" + Members + "}";

    public const string Component = "{" + Members + """
        ,"export":{"html":"<button class=\"button\" type=\"button\">Buy</button>\n","css":".button {\n  padding: 0 16px;\n}\n","baseCss":":root {\n  --ink: #1f2937;\n}\n",
         "react":"import styles from './Button.module.css';\n\nexport function Button() {\n  return (\n    <button className={styles.button} type=\"button\">Buy</button>\n  );\n}\n"}}
        """;

    public const string New = "{" + Definition + "}";

    public const string OwnListed = "{" + OwnMembers + "}";

    public const string Own = "{" + OwnMembers + """
        ,"export":{"html":"<span class=\"custom span-1\">€ 12</span>\n","css":".span-1 {\n  background: #fef3c7;\n}\n","baseCss":":root {\n  --ink: #1f2937;\n}\n",
         "react":"import styles from './PriceTag.module.css';\n\nexport function PriceTag() {\n  return (\n    <span className={styles.custom}>€ 12</span>\n  );\n}\n"},
         "definition":{
        """ + Definition + "}}";

    private const string Definition = """
        "title":"Price tag","description":"What a thing costs.","category":"shop","icon":"tag",
        "schema":{"type":"object","properties":{"price":{"type":"string","maxLength":20,"default":"€ 0"},"sale":{"type":"boolean","default":false}}},
        "example":{"price":"€ 12"},"defaultWidth":96,"defaultHeight":32,"container":false,
        "drawing":[
          {"shape":"rectangle","radius":6,"fill":"#fef3c7","stroke":"#d97706"},
          {"shape":"text","x":8,"width":"100%-16","text":"{{price}}","align":"center","weight":"600"},
          {"shape":"line","when":"sale","x1":8,"y1":"50%","x2":"100%-8","y2":"50%","stroke":"#dc2626"}],
        "markup":{"tag":"span","style":{"display":"flex","align-items":"center","justify-content":"center","border-radius":"6px","background":"#fef3c7"},
          "children":[{"tag":"strong","unless":"sale","children":["{{price}}"]},{"tag":"span","when":"sale","style":{"text-decoration":"line-through"},"children":["{{price}}"]}]}
        """;

    private const string OwnMembers = $$$"""
        "id":"custom.price-tag","origin":"project","version":1,"category":"shop","title":"Price tag","description":"What a thing costs.","icon":"tag",
        "schema":{"type":"object","properties":{"price":{"type":"string","maxLength":20,"default":"€ 0"},"sale":{"type":"boolean","default":false} }},"defaults":{"price":"€ 0","sale":false},
        "example":{"price":"€ 12"},"defaultWidth":96,"defaultHeight":32,"container":false,"preview":"/api/v1/projects/{{{ExampleIds.Project}}}/ui-components/custom.price-tag/preview"
        """;

    private const string Members = """
        "id":"ui.button","origin":"builtIn","version":1,"category":"forms","title":"Button","description":"Starts an action.","icon":"mouse-pointer",
        "schema":{"type":"object","properties":{"text":{"type":"string"},"disabled":{"type":"boolean","default":false}}},"defaults":{"disabled":false},
        "example":{"text":"Buy"},"defaultWidth":120,"defaultHeight":40,"container":false,"preview":"/api/v1/ui-components/ui.button/preview"
        """;
}
