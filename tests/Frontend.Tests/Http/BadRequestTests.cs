namespace Actors.Frontend.Tests.Http;

[Collection(RunningServer.Collection)]
public sealed class BadRequestTests(RunningServer server)
{
    private const string Register = "/api/v1/auth/register";

    [Theory]
    [InlineData("POST", Register, "{\"email\":", "malformed_json")]
    [InlineData("POST", Register, "nonsense", "malformed_json")]
    [InlineData("POST", Register, "", "malformed_json")]
    [InlineData("POST", Register, "null", "malformed_json")]
    [InlineData("POST", Register, "[]", "validation_failed")]
    [InlineData("POST", Register, "{\"email\":5}", "validation_failed")]
    [InlineData("POST", Register, "{\"emial\":\"a@b.c\"}", "validation_failed")]
    [InlineData("POST", Register, "{\"email\":\"a@b.c\",\"email\":\"d@e.f\"}", "validation_failed")]
    [InlineData("POST", "/api/v1/auth/login", "{\"email\":\"a@b.c\"}", "validation_failed")]
    public async Task A_body_is_refused(string method, string path, string body, string code)
    {
        using var response = await server.SendAsync(method, path, body);
        await RunningServer.RefusesAsync(response, 400, code);
    }

    [Fact]
    public async Task An_unknown_field_is_named()
    {
        using var response = await server.SendAsync("POST", Register, """{"emial":"a@b.c"}""");
        var problem = await RunningServer.RefusesAsync(response, 400, "validation_failed");
        Assert.True(problem.GetProperty("errors").TryGetProperty("emial", out _));
    }

    /// <summary>What is read is called a duplicate, which is no word about the field.</summary>
    [Fact]
    public async Task A_field_of_the_wrong_kind_is_not_taken_for_one_that_is_given_twice()
    {
        var token = (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString();
        using var response = await server.SendAsync("POST", "/api/v1/designs/dsg_00000000000000000000000000/duplicate", """{"revision":"2"}""", token);
        var problem = await RunningServer.RefusesAsync(response, 400, "validation_failed");
        Assert.Equal("has a value of the wrong kind", problem.GetProperty("errors").GetProperty("revision")[0].GetString());
    }

    [Fact]
    public async Task Every_field_that_is_wrong_is_named()
    {
        using var response = await server.SendAsync("POST", Register, """{"email":"x","password":"short","name":""}""");
        var problem = await RunningServer.RefusesAsync(response, 400, "validation_failed");
        Assert.Equal(["email", "name", "password"], problem.GetProperty("errors").EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        using var response = await server.SendAsync("POST", Register, "{}", contentType: "text/plain");
        await RunningServer.RefusesAsync(response, 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("application/json; charset=nonsense", 415, "unsupported_media_type")]
    [InlineData("application/json; charset=\"nonsense\"", 415, "unsupported_media_type")]
    [InlineData("application/json; charset=\"utf-8\"", 401, "invalid_credentials")]
    public async Task A_body_is_read_in_the_encoding_that_it_names(string contentType, int status, string code)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new StringContent("""{"email":"a@b.c","password":"correct Horse 7"}""");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await http.PostAsync(new Uri(server.Address, "/api/v1/auth/login"), content);
        await RunningServer.RefusesAsync(response, status, code);
    }

    [Theory]
    [InlineData("", "malformed_json")]
    [InlineData("{\"nodes\":[", "malformed_json")]
    [InlineData("{}{}", "malformed_json")]
    [InlineData("deep", "json_too_deep")]
    public async Task A_file_to_import_that_is_no_json_is_refused(string body, string code)
    {
        var token = (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString();
        var project = await RunningServer.ReadAsync(await server.SendAsync("POST", "/api/v1/projects", """{"name":"P"}""", token), 201);
        var file = body == "deep" ? new string('[', 200) + new string(']', 200) : body;
        using var response = await server.SendAsync("POST", $"/api/v1/projects/{project.GetProperty("id").GetString()}/designs/import", file, token);
        await RunningServer.RefusesAsync(response, 400, code);
    }

    /// <summary>JSON can say what no text is; a node that says it is judged and not written on.</summary>
    [Fact]
    public async Task Half_of_a_surrogate_pair_is_refused_in_a_node()
    {
        var token = (await server.RegisterAsync()).Answer.GetProperty("accessToken").GetString();
        var project = await RunningServer.ReadAsync(await server.SendAsync("POST", "/api/v1/projects", """{"name":"P"}""", token), 201);
        var design = await RunningServer.ReadAsync(
            await server.SendAsync("POST", $"/api/v1/projects/{project.GetProperty("id").GetString()}/designs", """{"name":"D","kind":"wireframe"}""", token), 201);
        using var response = await server.SendAsync("POST", $"/api/v1/designs/{design.GetProperty("id").GetString()}/nodes", """{"id":"\ud800","type":"text","props":{}}""", token);
        await RunningServer.RefusesAsync(response, 422, "operation_malformed");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        using var response = await server.SendAsync("POST", Register, $$"""{"email":"{{new string('a', 1 << 21)}}"}""");
        await RunningServer.RefusesAsync(response, 413, "body_too_large");
    }

    [Fact]
    public async Task A_wrong_method_is_refused_and_the_right_ones_are_named()
    {
        using var response = await server.SendAsync("DELETE", Register);
        await RunningServer.RefusesAsync(response, 405, "method_not_allowed");
        Assert.Contains("POST", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task An_unknown_address_is_refused()
    {
        using var response = await server.SendAsync("GET", "/api/v1/nothing");
        await RunningServer.RefusesAsync(response, 404, "not_found");
    }

    [Theory]
    [InlineData("/api/v1/projects?limit=0", "limit")]
    [InlineData("/api/v1/projects?limit=101", "limit")]
    [InlineData("/api/v1/projects?limit=ten", "limit")]
    [InlineData("/api/v1/projects?cursor=forged", "cursor")]
    public async Task A_page_is_refused(string path, string field)
    {
        var (account, _) = await server.RegisterAsync();
        using var response = await server.SendAsync("GET", path, token: account.GetProperty("accessToken").GetString());
        var problem = await RunningServer.RefusesAsync(response, 400, "validation_failed");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("prj_1")]
    [InlineData("dsg_00000000000000000000000000")]
    [InlineData("prj_0000000000000000000000000u")]
    public async Task An_identifier_of_the_wrong_kind_is_refused(string id)
    {
        var (account, _) = await server.RegisterAsync();
        using var response = await server.SendAsync("GET", $"/api/v1/projects/{id}", token: account.GetProperty("accessToken").GetString());
        var problem = await RunningServer.RefusesAsync(response, 400, "identifier_invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty("projectId", out _));
    }

    [Fact]
    public async Task A_request_id_is_kept_when_harmless_and_replaced_when_not()
    {
        using var kept = await server.SendAsync("GET", "/api/v1/nothing", headers: ("X-Request-Id", "mine-1"));
        Assert.Equal("mine-1", Assert.Single(kept.Headers.GetValues("X-Request-Id")));
        using var replaced = await server.SendAsync("GET", "/api/v1/nothing", headers: ("X-Request-Id", "<script>"));
        Assert.DoesNotContain("<", Assert.Single(replaced.Headers.GetValues("X-Request-Id")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_carry_security_headers()
    {
        using var response = await server.SendAsync("GET", "/api/v1/nothing");
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
    }
}
