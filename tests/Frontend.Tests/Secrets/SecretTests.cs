using System.Text;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Secrets;

[Collection(RunningServer.Collection)]
public sealed class SecretTests(RunningServer server) : IAsyncLifetime
{
    private ApiClient _owner = null!;
    private ApiClient _editor = null!;
    private ApiClient _viewer = null!;
    private ApiClient _stranger = null!;
    private string _path = "";

    public async Task InitializeAsync()
    {
        _owner = await ApiClient.RegisterAsync(server.Address, "owner");
        _editor = await ApiClient.RegisterAsync(server.Address, "editor");
        _viewer = await ApiClient.RegisterAsync(server.Address, "viewer");
        _stranger = await ApiClient.RegisterAsync(server.Address, "stranger");
        var project = await _owner.CreateProjectAsync("Site");
        await _owner.AddMemberAsync(project, _editor, "editor");
        await _owner.AddMemberAsync(project, _viewer, "viewer");
        _path = $"projects/{project}/secrets";
    }

    public Task DisposeAsync()
    {
        foreach (var client in new[] { _owner, _editor, _viewer, _stranger })
            client.Dispose();

        return Task.CompletedTask;
    }

    [Fact]
    public async Task Editors_set_and_list_secrets_and_nobody_is_told_a_value()
    {
        var created = await PutAsync(_editor, "API_KEY", "hunter2-hunter2");
        Assert.Equal(201, (int)created.Status);
        var again = await PutAsync(_owner, "API_KEY", "hunter3-hunter3");
        Assert.Equal((200, 2), ((int)again.Status, again.Body.GetProperty("version").GetInt32()));
        Assert.Equal(_owner.AccountId, again.Body.GetProperty("updatedBy").GetString());
        (await PutAsync(_editor, "other", "x")).Expect();

        var listed = await _editor.GetAsync(_path);
        Assert.Equal(["API_KEY", "other"], listed.Expect().GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal("other", Assert.Single((await _editor.GetAsync($"{_path}?search=OTH")).Expect().GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        foreach (var answer in new[] { created.Text, again.Text, listed.Text })
            Assert.DoesNotContain("hunter", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_owners_remove_secrets()
    {
        (await PutAsync(_editor, "key", "value")).Expect();
        Refuses(await RemoveAsync(_editor, "key"), 403, "forbidden");
        (await RemoveAsync(_owner, "key")).Expect();
        Refuses(await RemoveAsync(_owner, "key"), 404, "not_found");
        Assert.Empty((await _editor.GetAsync(_path)).Expect().GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Viewers_and_strangers_learn_nothing()
    {
        using var nobody = new ApiClient(server.Address);
        foreach (var (client, status, code) in new[] { (_viewer, 403, "forbidden"), (_stranger, 404, "not_found"), (nobody, 401, "unauthenticated") })
        {
            Refuses(await client.GetAsync(_path), status, code);
            Refuses(await PutAsync(client, "key", "value"), status, code);
            Refuses(await RemoveAsync(client, "key"), status, code);
        }
    }

    [Fact]
    public async Task What_is_no_name_or_value_is_refused()
    {
        Refuses(await PutAsync(_editor, "2nd", "value"), 400, "validation_failed");
        Refuses(await PutAsync(_editor, "a%20b", "value"), 400, "validation_failed");
        Refuses(await PutAsync(_editor, new string('a', 101), "value"), 400, "validation_failed");
        Refuses(await PutAsync(_editor, "key", ""), 400, "validation_failed");
        Refuses(await PutAsync(_editor, "key", new string('x', 32 * 1024 + 1)), 400, "validation_failed");
        Refuses(await _editor.SendAsync(HttpMethod.Put, $"{_path}/key", new { value = "x", more = 1 }), 400, "validation_failed");
    }

    [Fact]
    public async Task A_value_is_in_no_file_and_in_no_log()
    {
        const string Value = "correct-horse-battery-staple";
        await using var own = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000", ["Logging__LogLevel__Default"] = "Debug" },
        });
        using var owner = await ApiClient.RegisterAsync(own.Address, "owner");
        var path = $"projects/{await owner.CreateProjectAsync("Site")}/secrets/key";
        (await owner.SendAsync(HttpMethod.Put, path, new { value = Value })).Expect();
        (await owner.SendAsync(HttpMethod.Put, path, new { value = Value + "!" })).Expect();
        await own.StopAsync();

        Assert.DoesNotContain(Value, own.Output, StringComparison.Ordinal);
        var files = Directory.GetFiles(own.DataFolder, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith("secrets.key", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.False(content.Contains(Value, StringComparison.Ordinal), file);
            Assert.False(content.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)), StringComparison.Ordinal), file);
        }
    }

    private Task<ApiReply> PutAsync(ApiClient client, string name, string value) => client.SendAsync(HttpMethod.Put, $"{_path}/{name}", new { value });

    private Task<ApiReply> RemoveAsync(ApiClient client, string name) => client.SendAsync(HttpMethod.Delete, $"{_path}/{name}");

    private static void Refuses(ApiReply reply, int status, string code) => Assert.Equal((status, code), ((int)reply.Status, reply.Problem().Code));
}
