using System.Diagnostics;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Operations;

public sealed class HealthTests : IAsyncLifetime
{
    private ServerProcess? _server;
    private ApiClient? _administrator;

    private ServerProcess Server => _server!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string> { ["Accounts__PasswordIterations"] = "1000", ["Metrics__Access"] = "token", ["Metrics__Token"] = "a token of the scraper" },
        });
        _administrator = await ApiClient.RegisterAsync(Server.Address, "first");
    }

    public async Task DisposeAsync()
    {
        _administrator?.Dispose();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task The_server_says_how_it_does_to_administrators_probes_scrapers_and_the_command_line()
    {
        await Probes_are_answered();
        await Administrators_read_how_each_part_does();
        await Metrics_are_for_administrators_and_who_has_the_token();
        await The_command_line_tells_by_its_exit_code();
    }

    private async Task Probes_are_answered()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Server.Address };
        foreach (var (path, status) in new[] { ("/health", "live"), ("/health/live", "live"), ("/health/ready", "ready"), ("/api/v1/health", "ready") })
        {
            using var response = await http.GetAsync(path);
            Assert.Equal(status, (await RunningServer.ReadAsync(response, 200)).GetProperty("status").GetString());
        }

        using var about = await http.GetAsync("/");
        Assert.Equal("/api/v1", (await RunningServer.ReadAsync(about, 200)).GetProperty("api").GetString());
    }

    private async Task Administrators_read_how_each_part_does()
    {
        await using var connection = await _administrator!.ConnectAsync();
        var project = await _administrator.CreateProjectAsync("Watched");
        await _administrator.CreateDesignAsync(project, "Design");

        var report = (await _administrator.GetAsync("health/detailed")).Expect();
        foreach (var part in new[] { "storage", "journal", "grains", "live", "process" })
        {
            Assert.Equal("ok", report.GetProperty(part).GetProperty("status").GetString());
            Assert.Equal(JsonValueKind.Null, report.GetProperty(part).GetProperty("reason").ValueKind);
        }

        Assert.Equal("ok", report.GetProperty("status").GetString());
        Assert.False(string.IsNullOrEmpty(report.GetProperty("version").GetString()));
        Assert.True(report.GetProperty("uptimeSeconds").GetDouble() > 0);
        Assert.True(report.GetProperty("storage").GetProperty("readSeconds").GetDouble() > 0);
        Assert.True(report.GetProperty("storage").GetProperty("writeSeconds").GetDouble() > 0);
        Assert.Equal(1, report.GetProperty("grains").GetProperty("byType").GetProperty("ProjectGrain").GetInt32());
        Assert.Equal(1, report.GetProperty("live").GetProperty("connections").GetInt32());

        using var member = await ApiClient.RegisterAsync(Server.Address, "second");
        Assert.Equal("forbidden", (await member.GetAsync("health/detailed")).Problem().Code);
        using var nobody = new ApiClient(Server.Address);
        Assert.Equal("unauthenticated", (await nobody.GetAsync("health/detailed")).Problem().Code);
    }

    private async Task Metrics_are_for_administrators_and_who_has_the_token()
    {
        using var scraper = new ApiClient(Server.Address, "a token of the scraper");
        Assert.Contains("actors_info{version=", (await scraper.GetAsync("metrics")).Text, StringComparison.Ordinal);
        Assert.Contains("actors_info{version=", (await _administrator!.GetAsync("metrics")).Text, StringComparison.Ordinal);
        using var other = new ApiClient(Server.Address, "a token of another one");
        Assert.Equal("unauthenticated", (await other.GetAsync("metrics")).Problem().Code);
        using var nobody = new ApiClient(Server.Address);
        Assert.Equal("unauthenticated", (await nobody.GetAsync("/metrics")).Problem().Code);
    }

    private async Task The_command_line_tells_by_its_exit_code()
    {
        Assert.Equal(0, await AskAsync());
        await Server.StopAsync();
        Assert.Equal(1, await AskAsync());
    }

    private async Task<int> AskAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [SiloAssembly.Locate("debug"), "--health", "--urls", Server.Address.ToString().TrimEnd('/')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var told = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Contains("/health/ready", told, StringComparison.Ordinal);
        return process.ExitCode;
    }
}
