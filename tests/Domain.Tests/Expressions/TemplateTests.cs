using System.Text.Json;
using Actors.Domain.Expressions;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Expressions;

public sealed class TemplateTests
{
    private const string Input = """
        {"name": "Ada & Co", "paid": true, "empty": [], "user": {"first-name": "Ada", "tags": ["x", "y"]},
         "lines": [{"sku": "a", "price": 1.5}, {"sku": "b", "price": 2}], "map": {"k1": 1, "k2": null}}
        """;

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("Hello {{name}}!", "Hello Ada & Co!")]
    [InlineData("{{{name}}} {{& name}}", "Ada & Co Ada & Co")]
    [InlineData("{{user.tags.[1]}} {{user.tags.0}} {{user/tags/1}} {{user.first-name}}", "y x y Ada")]
    [InlineData("{{missing}}{{map.k2}}", "")]
    [InlineData("{{user.tags}} {{paid}} {{lines.length}}", """["x", "y"] true 2""")]
    [InlineData("{{#if paid}}yes{{else}}no{{/if}}", "yes")]
    [InlineData("{{#unless paid}}yes{{else}}no{{/unless}}", "no")]
    [InlineData("{{#if missing}}a{{else if paid}}b{{else}}c{{/if}}", "b")]
    [InlineData("{{#if missing}}a{{else if empty}}b{{else}}c{{/if}}", "c")]
    [InlineData("{{#each lines}}{{@index}}:{{sku}}{{#unless @last}}, {{/unless}}{{/each}}", "0:a, 1:b")]
    [InlineData("{{#each map}}{{@key}}={{this}};{{/each}}", "k1=1;k2=;")]
    [InlineData("{{#each empty}}x{{else}}none{{/each}}", "none")]
    [InlineData("{{#each lines}}{{../name}} {{@root.paid}} {{/each}}", "Ada & Co true Ada & Co true ")]
    [InlineData("{{#with user}}{{#each tags}}{{.}}{{../../name}}{{/each}}{{/with}}", "xAda & CoyAda & Co")]
    [InlineData("{{#each lines}}{{#if @first}}[{{/if}}{{sku}}{{#if @last}}]{{/if}}{{/each}}", "[ab]")]
    [InlineData("{{upper name}} {{join user.tags '-'}} {{round (sum $.lines[*].price) 1}}", "ADA & CO x-y 3.5")]
    [InlineData("{{ $.lines[0].price * 2 }} {{ lines[?@.price > 1.7].sku }}", "3 [\"b\"]")]
    [InlineData("{{#if lines[0].price > 1}}dear{{/if}}", "dear")]
    [InlineData("{{#each lines}}{{index + 1}}. {{sku + '!'}} {{/each}}", "1. a! 2. b! ")]
    [InlineData("a {{~name~}} b", "aAda & Cob")]
    [InlineData("a{{! a comment }}b{{!-- with }} inside --}}c", "abc")]
    [InlineData("\\{{name}} {{paid}}", "{{name}} true")]
    [InlineData("{{$}}", null)]
    public void Renders_what_Handlebars_would(string template, string? expected)
    {
        var input = JsonDocument.Parse(Input).RootElement;
        Assert.True(Template.TryParse(template, out var parsed, out var error), error?.ToString());
        Assert.True(parsed.TryRender(input, out var text));
        Assert.Equal(expected ?? input.GetRawText(), text);
    }

    [Theory]
    [InlineData("{{name", "has no '}}'")]
    [InlineData("{{#if a}}", "has no {{/if}}")]
    [InlineData("{{#if a}}{{/each}}", "does not close")]
    [InlineData("{{/if}}", "has no beginning")]
    [InlineData("{{else}}", "has no beginning")]
    [InlineData("{{#loop a}}{{/loop}}", "no block 'loop'")]
    [InlineData("{{#if}}{{/if}}", "needs a value")]
    [InlineData("{{> partial}}", "partials")]
    [InlineData("{{#*inline 'a'}}{{/inline}}", "partials")]
    [InlineData("{{a b c}}", "not expected")]
    [InlineData("{{}}", "value is expected")]
    public void A_text_that_is_no_template_says_why(string template, string message)
    {
        Assert.False(Template.TryParse(template, out _, out var error));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rendering_that_would_cost_too_much_ends()
    {
        var many = JsonDocument.Parse($"[{string.Join(',', Enumerable.Repeat("1", 2_000))}]").RootElement;
        foreach (var template in new[] { "{{#each this}}{{#each @root}}{{/each}}{{/each}}", "{{#each this}}{{@root}}{{/each}}" })
        {
            Assert.True(Template.TryParse(template, out var parsed, out _));
            Assert.False(parsed.TryRender(many, out _));
        }
    }

    [Fact]
    public void Any_text_is_read_without_an_exception()
    {
        var words = Gen.Elements("{{", "}}", "{{{", "}}}", "#if ", "#each ", "/if", "/each", "else", "else if ", "a", "..", "../", "@index", "[", "]", "(", ")", "~", "\\", "!", "!--", "--", "upper ", "'", " ");
        var rendered = 0;
        Prop.ForAll(Gen.Choose(1, 12).SelectMany(count => words.ListOf(count)).Select(parts => string.Concat(parts)).ToArbitrary(), text =>
        {
            if (Template.TryParse(text, out var template, out _) && template.TryRender(JsonDocument.Parse("""{"a": [1, {"a": 2}]}""").RootElement, out _))
                rendered++;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
        Assert.True(rendered > 500, $"only {rendered} of the texts were templates");
    }
}
