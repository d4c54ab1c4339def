using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Actors.TestKit.Server;
using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>
/// Requests made of the OpenAPI document, most of them spoilt. They are the same in every run, so that what fails fails again;
/// <c>ACTORS_FUZZ_SEED</c> makes others, and <c>ACTORS_FUZZ_REQUESTS</c> another number of them.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Connections = 4;
    private const int ShownFaults = 30;
    private const int UsualSeed = 20_260_501;

    /// <summary>Until then the server compiles its code and fills its caches, which is no growth.</summary>
    private const double WarmUpShare = 0.2;

    /// <summary>What the heap may hold more at the end than after the warm-up: rounding of collections, and no more a leak of a KiB a request.</summary>
    private const long HeapGrowth = 24 << 20;

    private const double LeastReached = 0.7;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

    private static readonly int Requests = Setting("ACTORS_FUZZ_REQUESTS") ?? 50_000;

    private readonly int _seed = Setting("ACTORS_FUZZ_SEED") ?? UsualSeed;
    private readonly Dictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Count, int Successes, TimeSpan Time)> _operations = new(StringComparer.Ordinal);
    private int _next;

    [Fact]
    public async Task Whatever_is_sent_is_answered_as_documented_and_leaves_the_server_as_it_was()
    {
        await using var server = await ServerProcess.StartAsync(new ServerOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["Accounts__PasswordIterations"] = "1000",
                ["Engine__CollectionAge"] = "00:00:02",
                ["Engine__CollectionQuantum"] = "00:00:01",
                ["Designs__Versions__RevisionCacheBytes"] = "1048576",
                ["Logging__LogLevel__Default"] = "Error",
                ["Runs__Limits__Firings"] = "1000",
            },
        });
        using var world = await FuzzWorld.CreateAsync(server.Address);

        await SendAsync(server, world, (int)(Requests * WarmUpShare));
        var atStart = await SettledHeapAsync(server);
        await SendAsync(server, world, Requests);
        var atEnd = await SettledHeapAsync(server);

        Report(atStart, atEnd, server);
        Assert.True(_faults.Count == 0, $"Seed {_seed}. {_faults.Count} faults, among them:\n{string.Join("\n\n", _faults.Values.Take(ShownFaults))}\n\nThe server says:\n{server.Output}");
        Assert.True(atEnd - atStart < HeapGrowth, $"Seed {_seed}. The heap grew from {atStart} to {atEnd} bytes.");
        await ServesAsBeforeAsync(world);

        // Requests that nobody lets in would prove little.
        var reached = _operations.Values.Count(operation => operation.Successes > 0);
        Assert.True(reached > world.Document.Operations.Count * LeastReached, $"Seed {_seed}. Only {reached} operations were ever answered with success.");
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Sends until that many requests have been sent in all.</summary>
    private async Task SendAsync(ServerProcess server, FuzzWorld world, int upTo)
    {
        var (maker, mutator, judge) = (new RequestMaker(world), new Mutator(world), new Judge(world.Document));
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new RawConnection(server.Address);
            while (true)
            {
                var index = Interlocked.Increment(ref _next);
                if (index > upTo || _faults.Count > ShownFaults)
                {
                    Interlocked.Decrement(ref _next);
                    return;
                }

                await SendOneAsync(connection, world, (maker, mutator, judge), index);
            }
        })));
    }

    private async Task SendOneAsync(RawConnection connection, FuzzWorld world, (RequestMaker Maker, Mutator Mutator, Judge Judge) by, int index)
    {
        var random = new Random(unchecked((_seed * 16_777_619) ^ index));
        var operation = Choose(world.Document.Operations, random);
        var request = by.Maker.Make(operation, random);
        by.Mutator.Mutate(request, random);
        var clock = Stopwatch.StartNew();
        FuzzReply? reply = null;
        string? fault;
        try
        {
            using var deadline = new CancellationTokenSource(LongestAnswer);
            reply = await connection.SendAsync(request, deadline.Token);
            fault = by.Judge.Fault(request, reply);
            if (reply is { Status: 200 or 201, MediaType: "application/json", Body.Length: > 0 } && request.Method != "GET")
                world.Pool.Learn(JsonElement.Parse(reply.Body));
        }
        catch (Exception failure) when (failure is OperationCanceledException or InvalidDataException or FormatException or JsonException or InvalidOperationException)
        {
            fault = failure is OperationCanceledException ? $"no answer within {LongestAnswer}" : $"no proper answer: {failure.Message}";
        }

        Note(operation, request, reply, fault, clock.Elapsed);
    }

    /// <summary>What reaches every account is asked for rarely, since it makes more work than all else together.</summary>
    private static ApiOperation Choose(IReadOnlyList<ApiOperation> operations, Random random)
    {
        var operation = operations[random.Next(operations.Count)];
        return operation.Id == "NotifyEveryone" && random.Next(20) > 0 ? operations[random.Next(operations.Count)] : operation;
    }

    private void Note(ApiOperation operation, FuzzRequest request, FuzzReply? reply, string? fault, TimeSpan time)
    {
        lock (_faults)
        {
            var (count, successes, total) = _operations.GetValueOrDefault(operation.Id);
            _operations[operation.Id] = (count + 1, successes + (reply is { Status: < 300 } ? 1 : 0), total + time);
            if (fault is not null)
                _faults.TryAdd($"{operation.Id} {fault[..Math.Min(fault.Length, 40)]}", $"{fault}\n{request}");
        }
    }

    /// <summary>The heap when grains that nobody needs have left it, which they do a few seconds after their last call.</summary>
    private static async Task<long> SettledHeapAsync(ServerProcess server)
    {
        var least = long.MaxValue;
        var rounds = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                var now = await ManagedHeap.CollectAsync(server);
                (rounds, least) = now < least - (1 << 20) ? (0, now) : (rounds + 1, Math.Min(now, least));
                return rounds == 3;
            },
            Settling,
            "the heap has settled");
        return least;
    }

    private static async Task ServesAsBeforeAsync(FuzzWorld world)
    {
        var add = Edits.Add("after" + Guid.NewGuid().ToString("N"));
        var committed = (await world.OwnersClient.SubmitAsync(world.Wireframe, Guid.NewGuid(), [add])).Expect();
        Assert.Equal("committed", committed.GetProperty("status").GetString());
        Assert.Equal(committed.GetProperty("revision").GetInt64(), (await world.OwnersClient.GetDesignAsync(world.Wireframe)).GetProperty("revision").GetInt64());
        Assert.True((await world.OwnersClient.GetAsync("health")).IsSuccess);
    }

    private void Report(long atStart, long atEnd, ServerProcess server)
    {
        output.WriteLine($"seed {_seed}, {_next} requests, heap {atStart >> 10} KiB, then {atEnd >> 10} KiB, resident {server.Usage().ResidentBytes >> 20} MiB");
        foreach (var (id, (count, successes, time)) in _operations.OrderByDescending(operation => operation.Value.Time))
            output.WriteLine($"{id}: {count} requests, {successes} successes, {time.TotalMilliseconds / count:F1} ms");
    }
}
