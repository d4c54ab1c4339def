using System.Text.Json;

namespace Actors.Frontend.Tests.OpenApi;

[Collection(RunningServer.Collection)]
public sealed class DocumentationPageTests(RunningServer server)
{
    [Fact]
    public async Task The_type_of_a_problem_leads_to_what_its_code_means()
    {
        using var refused = await server.SendAsync("GET", "/api/v1/auth/me");
        var problem = await RunningServer.RefusesAsync(refused, 401, "unauthenticated");
        var type = problem.GetProperty("type").GetString()!.Split('#');
        using var page = await server.SendAsync("GET", type[0]);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains($"<h3 id=\"{type[1]}\">", html, StringComparison.Ordinal);
        Assert.Contains("<pre><code>{", html, StringComparison.Ordinal);
        Assert.DoesNotContain("```", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/docs", "swagger-ui")]
    [InlineData("/redoc", "redoc-container")]
    public async Task Both_pages_of_the_interface_come_from_here_alone(string address, string mark)
    {
        using var page = await server.SendAsync("GET", address + "/index.html");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains(mark, html, StringComparison.Ordinal);
        Assert.DoesNotContain("//", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var script in new[] { "index.js" }.Concat(address == "/redoc" ? ["redoc.standalone.js"] : ["swagger-ui-bundle.js"]))
        {
            using var found = await server.SendAsync("GET", $"{address}/{script}");
            Assert.Equal(200, (int)found.StatusCode);
        }
    }

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_names_no_types_of_ours()
    {
        using var response = await server.SendAsync("GET", "/openapi/v1.json");
        var document = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.All(document.GetProperty("components").GetProperty("schemas").EnumerateObject(), schema => Assert.Matches("^[A-Za-z0-9]+$", schema.Name));
    }
}
