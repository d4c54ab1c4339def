using System.Text.Json;

namespace Actors.Frontend.Tests.Designs;

[Collection(RunningServer.Collection)]
public sealed class ExportTests(RunningServer server)
{
    [Theory]
    [InlineData("wireframe", "json", "application/json", "start-page.json")]
    [InlineData("wireframe", "svg", "image/svg+xml", "start-page.svg")]
    [InlineData("wireframe", "html", "text/html", "start-page.html")]
    [InlineData("wireframe", "html-zip", "application/zip", "start-page.zip")]
    [InlineData("wireframe", "react", "application/zip", "start-page.zip")]
    [InlineData("wireframe", "png&scale=2", "image/png", "start-page.png")]
    [InlineData("process", "mermaid", "text/vnd.mermaid", "start-page.mmd")]
    [InlineData("process", "reactflow", "application/json", "start-page.json")]
    public async Task A_design_is_exported_under_its_name(string kind, string format, string type, string file)
    {
        var (design, token) = await DesignAsync(kind);
        using var response = await server.SendAsync("GET", $"{design}/export?format={format}", token: token);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("attachment", file), (response.Content.Headers.ContentDisposition!.DispositionType, response.Content.Headers.ContentDisposition.FileName));
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("wireframe", "format=mermaid", 422, "format_unknown")]
    [InlineData("process", "format=html", 422, "format_unknown")]
    [InlineData("process", "format=react", 422, "format_unknown")]
    [InlineData("wireframe", "format=pdf", 422, "format_unknown")]
    [InlineData("wireframe", "format=png&scale=5", 400, "validation_failed")]
    [InlineData("wireframe", "format=png&scale=0", 400, "validation_failed")]
    [InlineData("wireframe", "format=html&nodeId=missing", 404, "not_found")]
    [InlineData("wireframe", "format=html&revision=99", 404, "revision_unknown")]
    public async Task What_cannot_be_exported_is_refused(string kind, string query, int status, string code)
    {
        var (design, token) = await DesignAsync(kind);
        using var response = await server.SendAsync("GET", $"{design}/export?{query}", token: token);
        await RunningServer.RefusesAsync(response, status, code);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_refused_and_a_part_of_it_is_not()
    {
        var (design, token) = await DesignAsync("wireframe");
        foreach (var node in new[] { """{"id":"near","type":"ui.button","x":0,"y":0,"width":120,"height":40}""", """{"id":"far","type":"ui.button","x":90000,"y":0,"width":120,"height":40}""" })
        {
            using var added = await server.SendAsync("POST", $"{design}/nodes", node, token);
            await RunningServer.ReadAsync(added, 201);
        }

        using var whole = await server.SendAsync("GET", $"{design}/export?format=png", token: token);
        await RunningServer.RefusesAsync(whole, 422, "limit_reached");
        using var part = await server.SendAsync("GET", $"{design}/export?format=png&nodeId=far", token: token);
        Assert.Equal(200, (int)part.StatusCode);
        using var before = await server.SendAsync("GET", $"{design}/export?format=png&revision=1", token: token);
        Assert.Equal(200, (int)before.StatusCode);
    }

    [Fact]
    public async Task A_stranger_exports_nothing()
    {
        var (design, _) = await DesignAsync("wireframe");
        var (stranger, _) = await server.RegisterAsync();
        using var response = await server.SendAsync("GET", $"{design}/export?format=html", token: stranger.GetProperty("accessToken").GetString());
        await RunningServer.RefusesAsync(response, 404, "not_found");
        using var anonymous = await server.SendAsync("GET", $"{design}/export?format=html");
        await RunningServer.RefusesAsync(anonymous, 401, "unauthenticated");
    }

    private async Task<(string Path, string Token)> DesignAsync(string kind)
    {
        var (answer, _) = await server.RegisterAsync();
        var token = answer.GetProperty("accessToken").GetString()!;
        using var project = await server.SendAsync("POST", "/api/v1/projects", """{"name":"Site"}""", token);
        var projectId = (await RunningServer.ReadAsync(project, 201)).GetProperty("id").GetString();
        using var design = await server.SendAsync("POST", $"/api/v1/projects/{projectId}/designs", JsonSerializer.Serialize(new { name = "Start page", kind }), token);
        return ($"/api/v1/designs/{(await RunningServer.ReadAsync(design, 201)).GetProperty("id").GetString()}", token);
    }
}
