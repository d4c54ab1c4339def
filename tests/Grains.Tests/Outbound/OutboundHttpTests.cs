using System.Net;
using System.Text;
using Actors.Components;
using Actors.Grains.Outbound;
using Actors.TestKit.Server;

namespace Actors.Grains.Tests.Outbound;

public sealed class OutboundHttpTests : IAsyncLifetime
{
    private RecordingServer _server = null!;

    public Task InitializeAsync()
    {
        _server = RecordingServer.Start();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://1.0.0.127.in-addr.example/")]
    [InlineData("http://0/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://10.1.2.3/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.0.0.1/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://198.51.100.1/")]
    [InlineData("http://203.0.113.1/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://[::]/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[64:ff9b::169.254.169.254]/")]
    [InlineData("http://[64:ff9b:1::1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2002:a9fe:a9fe::1]/")]
    [InlineData("http://[2001::1]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[3fff::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://inside.example/")]
    [InlineData("http://both.example/")]
    [InlineData("http://user:password@public.example/")]
    [InlineData("ftp://public.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    [InlineData("http://public.example:25/")]
    [InlineData("http://public.example:22/")]
    public async Task What_is_not_public_is_refused(string address)
    {
        var resolver = new Resolver
        {
            ["localhost"] = ["127.0.0.1", "::1"],
            ["LOCALHOST."] = ["127.0.0.1"],
            ["localhost."] = ["127.0.0.1"],
            ["127.0.0.1."] = ["127.0.0.1"],
            ["1.0.0.127.in-addr.example"] = ["127.0.0.1"],
            ["inside.example"] = ["10.0.0.8"],
            ["both.example"] = ["93.184.215.14", "192.168.0.1"],
            ["public.example"] = ["93.184.215.14"],
        };
        using var http = new OutboundHttp(new OutboundOptions(), resolver);

        Assert.Equal("address_refused", await FailsAsync(http, new HttpRequestMessage(HttpMethod.Get, address)));
    }

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:21f:cb07:6820:80da:af6b:8b2c")]
    [InlineData("64:ff9b::5db8:d70e")]
    public void What_is_public_passes(string address) => Assert.Null(PublicAddresses.Refuse(IPAddress.Parse(address)));

    [Fact]
    public async Task What_is_allowed_by_network_and_port_or_by_name_is_reached()
    {
        _server.Answer = _ => Text("hello");
        using var byNetwork = Http($"127.0.0.0/8:{_server.Port}");
        Assert.Equal("hello", await ReadAsync(byNetwork, _server.Url("/")));
        using var byName = new OutboundHttp(new OutboundOptions { Allow = [$"Service.Internal:{_server.Port}"] }, new Resolver { ["service.internal"] = ["127.0.0.1"] });
        Assert.Equal("hello", await ReadAsync(byName, $"http://service.internal:{_server.Port}/"));

        using var otherPort = Http("127.0.0.1:1");
        Assert.Equal("address_refused", await FailsAsync(otherPort, new HttpRequestMessage(HttpMethod.Get, _server.Url("/"))));
    }

    [Fact]
    public async Task A_name_is_resolved_once_and_the_checked_address_is_connected_to()
    {
        _server.Answer = _ => Text("hello");
        var resolver = new Resolver { ["rebinding.example"] = ["127.0.0.1"] };
        using var http = new OutboundHttp(new OutboundOptions { Allow = [$"127.0.0.1:{_server.Port}"] }, resolver);
        resolver.Then = ["10.0.0.1"];

        // The second answer of the name server leads elsewhere; a connection that rests on the first one never sees it.
        Assert.Equal("hello", await ReadAsync(http, $"http://rebinding.example:{_server.Port}/"));
        Assert.Equal(1, resolver.Asked);

        // A new connection asks anew and is checked anew.
        using var other = new OutboundHttp(new OutboundOptions { Allow = [$"127.0.0.1:{_server.Port}"] }, resolver);
        Assert.Equal("address_refused", await FailsAsync(other, new HttpRequestMessage(HttpMethod.Get, $"http://rebinding.example:{_server.Port}/")));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]:9/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_is_checked_like_the_request(string target)
    {
        _server.Answer = _ => Redirect(302, target);
        using var http = Http($"127.0.0.1:{_server.Port}");
        Assert.Equal("address_refused", await FailsAsync(http, new HttpRequestMessage(HttpMethod.Get, _server.Url("/"))));
    }

    [Fact]
    public async Task Redirects_are_followed_as_often_as_allowed()
    {
        _server.Answer = path => path == "/end" ? Text("there") : Redirect(302, int.Parse(path[1..], System.Globalization.CultureInfo.InvariantCulture) is var n && n > 1 ? $"/{n - 1}" : "/end");
        using var http = Http($"127.0.0.1:{_server.Port}");
        Assert.Equal("there", await ReadAsync(http, _server.Url("/5")));
        Assert.Equal("too_many_redirects", await FailsAsync(http, new HttpRequestMessage(HttpMethod.Get, _server.Url("/6"))));
    }

    [Fact]
    public async Task Credentials_stay_at_their_origin()
    {
        await using var other = RecordingServer.Start();
        other.Answer = _ => Text("other");
        _server.Answer = path => path == "/here" ? Redirect(307, "/there") : Redirect(307, other.Url("/away"));
        using var http = Http("127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url("/here")) { Content = new StringContent("body") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer secret");
        request.Headers.TryAddWithoutValidation("X-Api-Key", "secret");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "key");
        using var response = await http.SendAsync(request, CancellationToken.None);

        Assert.All(_server.Requests, seen => Assert.Contains("Bearer secret", seen, StringComparison.Ordinal));
        Assert.Equal(2, _server.Requests.Count);
        var away = Assert.Single(other.Requests);
        Assert.DoesNotContain("secret", away, StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key: key", away, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("POST /away", away, StringComparison.Ordinal);
        Assert.EndsWith("body", away, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_is_sent_elsewhere_by_303_goes_on_as_a_get()
    {
        _server.Answer = path => path == "/" ? Redirect(303, "/result") : Text("result");
        using var http = Http("127.0.0.1");
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url("/")) { Content = new StringContent("body") };
        using var response = await http.SendAsync(request, CancellationToken.None);
        Assert.Equal("result", await response.Content.ReadAsStringAsync());
        Assert.StartsWith("GET /result", _server.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_cut_off_when_it_is_too_large_whether_it_says_so_or_not()
    {
        var large = new string('x', 4096);
        _server.Answer = path => path == "/says" ? Text(large) : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + large;
        using var http = new OutboundHttp(new OutboundOptions { Allow = ["127.0.0.1"], MaximumResponseBytes = 1024 }, new Resolver());
        Assert.Equal("response_too_large", await FailsAsync(http, new HttpRequestMessage(HttpMethod.Get, _server.Url("/says"))));

        using var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, _server.Url("/does")), CancellationToken.None);
        Assert.Equal("response_too_large", CodeOf(await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync())));
    }

    [Fact]
    public async Task A_request_is_not_sent_when_it_is_too_large()
    {
        using var http = new OutboundHttp(new OutboundOptions { Allow = ["127.0.0.1"], MaximumRequestBytes = 10 }, new Resolver());
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Url("/")) { Content = new StringContent(new string('x', 11)) };
        Assert.Equal("request_too_large", await FailsAsync(http, request));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_times_out_and_one_that_is_not_there_is_unreachable()
    {
        _server.Answer = _ => null;
        using var http = new OutboundHttp(new OutboundOptions { Allow = ["127.0.0.1"], Timeout = TimeSpan.FromMilliseconds(200) }, new Resolver());
        Assert.Equal("http_timeout", await FailsAsync(http, new HttpRequestMessage(HttpMethod.Get, _server.Url("/"))));

        var url = _server.Url("/");
        await _server.DisposeAsync();
        using var patient = Http("127.0.0.1");
        Assert.Equal("http_unreachable", await FailsAsync(patient, new HttpRequestMessage(HttpMethod.Get, url)));
    }

    [Fact]
    public async Task What_the_caller_gives_up_is_cancelled()
    {
        _server.Answer = _ => null;
        using var http = Http("127.0.0.1");
        using var cancellation = new CancellationTokenSource();
        var sending = http.SendAsync(new HttpRequestMessage(HttpMethod.Get, _server.Url("/")), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("10.0.0.0/8:8080")]
    [InlineData("[fd00::]:80")]
    [InlineData("fd00::/8")]
    [InlineData("localhost")]
    [InlineData("files.internal:443")]
    public void Targets_are_understood(string text) => Assert.True(AllowedTarget.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/33")]
    [InlineData("localhost:0")]
    [InlineData("localhost:65536")]
    [InlineData("[::1")]
    [InlineData("http://localhost")]
    [InlineData("*.internal")]
    public void What_is_no_target_stops_the_start(string text) =>
        Assert.Contains($"'{text}'", Assert.Single(new OutboundOptions { Allow = [text] }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Options_outside_of_their_bounds_are_named()
    {
        var options = new OutboundOptions { Ports = "80-", MaximumRedirects = 21, Timeout = TimeSpan.Zero, ConnectTimeout = TimeSpan.Zero, MaximumRequestBytes = -1, MaximumResponseBytes = 1 };
        Assert.Equal(6, options.Validate().Count());
    }

    private static OutboundHttp Http(params string[] allow) => new(new OutboundOptions { Allow = allow }, new Resolver());

    private static async Task<string> ReadAsync(OutboundHttp http, string url)
    {
        using var response = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), CancellationToken.None);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> FailsAsync(OutboundHttp http, HttpRequestMessage request) =>
        CodeOf(await Assert.ThrowsAsync<ComponentException>(() => http.SendAsync(request, CancellationToken.None).AsTask()));

    private static string CodeOf(Exception exception) =>
        (exception as ComponentException ?? Assert.IsType<ComponentException>(exception.InnerException)).Code;

    private static string Text(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static string Redirect(int status, string to) => $"HTTP/1.1 {status} Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n";

    private sealed class Resolver : Dictionary<string, string[]>, IHostResolver
    {
        public string[]? Then { get; set; }

        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
        {
            Asked++;
            var found = Asked > 1 && Then is not null ? Then : this[host];
            return Task.FromResult(found.Select(IPAddress.Parse).ToArray());
        }
    }
}
