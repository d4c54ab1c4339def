using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Runs;

/// <summary>The examples, as the README says that they are run.</summary>
public sealed class ExampleTests(ExampleServer examples) : IClassFixture<ExampleServer>
{
    [ScriptFact]
    [Spec("BI-01", "BI-02", "BI-03", "BI-04")]
    public async Task A_table_from_the_projects_files_becomes_a_report_that_names_the_lines_that_were_left_out()
    {
        var (report, told) = await examples.RunAsync("samples/orders/");

        Assert.Contains(" completed", told, StringComparison.Ordinal);
        Assert.Equal(
            """
            # Orders by country

            | country | orders | amount |
            |---|---|---|
            | FR | 3 | 2088 |
            | DE | 6 | 1403.6 |
            | ES | 3 | 927.6 |
            | IT | 5 | 572.7 |
            | GR | 2 | 228 |

            19 orders, 5219.9 in all.

            ## Left out

            - A1007: /date must be a date
            - A1010: /quantity must match ^[1-9][0-9]*$
            - A1013: /price must match ^[0-9]+\.[0-9]{2}$
            - A1017: /quantity must match ^[1-9][0-9]*$
            - A1018: /country must match ^[A-Z]{2}$

            """,
            report);
    }

    [ScriptFact]
    [Spec("BI-04", "BI-07", "FA-01", "EF-02")]
    public async Task Every_line_of_a_table_is_booked_once_with_a_service_that_fails_now_and_then()
    {
        var began = DateTimeOffset.UtcNow;
        var (said, told) = await examples.RunAsync("samples/shipping/");
        var lines = said.TrimEnd().Split('\n');
        var orders = (await File.ReadAllLinesAsync(Path.Combine(Script.Repository, "samples", "shipping", "parcels.csv")))[1..];

        Assert.Equal("order,country,number,cost", lines[0]);
        Assert.Equal("A1001,DE,P-A1001,5.42", lines[1]);
        Assert.Equal(orders.Select(order => order.Split(',')[0]), lines[1..^1].Select(line => line.Split(',')[0]));
        var figures = JsonElement.Parse(lines[^1]);
        Assert.Equal(orders.Length, figures.GetProperty("booked").GetInt32());
        Assert.True(figures.GetProperty("asked").GetInt32() > orders.Length, "The service never failed.");

        var run = await examples.Account.GetRunAsync(told.Split(' ')[0]);
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.True(run.GetProperty("nodes").GetProperty("book").GetProperty("retries").GetInt32() > 0, run.GetRawText());
        Assert.True(run.GetProperty("endedAt").GetDateTimeOffset() - began > TimeSpan.FromSeconds((orders.Length - 1) / 20.0), "The rate was not kept.");
    }

    [ScriptFact]
    [Spec("BI-05", "FA-12")]
    public async Task A_document_is_cut_summarized_approved_by_a_person_and_written()
    {
        var (briefing, told) = await examples.RunAsync("samples/briefing/", "y\n");

        Assert.Contains(" waiting\nShall this be the briefing?", told, StringComparison.Ordinal);
        Assert.Equal(
            """
            # In brief

            - This paper sums up what was found in the first half of the year and what the council is asked to decide.
            - The building. The roof leaks in two places, and the windows of the north side have single panes. Repairing roof and windows costs 2 million and takes nine months.
            - The collection. The local history collection needs a constant climate: 18 degrees and half the humidity of the open rooms.
            - The readers. Of 3,140 readers who were asked, two thirds would come to the harbour as often as to Market Street, and one in five more often.
            - The decision. The council is asked to release 280,000 for the detailed plan and to reserve 14 million for the move in the budgets of the next three years.

            """,
            briefing);
    }

    [Fact]
    public void The_readme_names_the_setting_that_the_examples_need() =>
        Assert.Contains("    Outbound__Allow__0=127.0.0.1:5090 dotnet run --project src/Silo\n", File.ReadAllText(Path.Combine(Script.Repository, "README.md")), StringComparison.Ordinal);
}

/// <summary>A server that the examples share, and the port on which theirs listens.</summary>
public sealed class ExampleServer : IAsyncLifetime
{
    private readonly string _shipping = $"127.0.0.1:{FreePort()}";
    private ServerProcess _server = null!;

    public ApiClient Account { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(new ServerOptions { Settings = new Dictionary<string, string> { ["Outbound__Allow__0"] = _shipping } });
        Account = await ApiClient.RegisterAsync(_server.Address, "sample");
    }

    internal Task<(string Output, string Told)> RunAsync(string example, string input = "") => Script.RunAsync(
        Script.OfReadme(example),
        input,
        ("BASE", new Uri(_server.Address, "/api/v1").ToString()),
        ("TOKEN", Account.Token!),
        ("SHIPPING", $"http://{_shipping}"));

    public async Task DisposeAsync()
    {
        Account.Dispose();
        await _server.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
