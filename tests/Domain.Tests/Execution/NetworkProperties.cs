using System.Globalization;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>Random networks, random schedules and random crashes against a reference interpreter that is as simple as can be.</summary>
public sealed class NetworkProperties
{
    [Theory]
    [InlineData(0, 150, 0.0, false)]
    [InlineData(1_000, 150, 0.05, false)]
    [InlineData(2_000, 150, 0.05, true)]
    [Spec("RU-03", "DU-08")]
    public void Any_schedule_gives_the_outputs_of_the_reference_interpreter(int firstSeed, int networks, double crashes, bool losesTail)
    {
        var (firings, crashed, lost, retries) = (0L, 0, 0, 0L);
        for (var seed = firstSeed; seed < firstSeed + networks; seed++)
        {
            var design = RandomNetwork.Create(seed, out var reference);
            var run = design.Run(seed, crashes, losesTail, RandomNetwork.FailNowAndThen);

            Assert.True(run.Network.Status == NetworkStatus.Completed, $"Seed {seed}: {run.Network.Status} {run.Network.Failure?.Detail}");
            var expected = reference.Outputs().Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(run.Outputs.Order(StringComparer.Ordinal)), $"Seed {seed}: {string.Join(' ', expected)} but {run.Sorted}");
            firings += run.Network.Firings;
            crashed += run.Crashes;
            lost += run.Lost;
            retries += run.Network.Plan.Processes.Sum(process => run.Network.FiguresOf(process.Index).Retries);
        }

        Assert.True(firings > 5_000, $"Only {firings} firings.");
        Assert.True(crashes == 0 || crashed > 100, $"Only {crashed} crashes.");
        Assert.True(retries > 100, $"Only {retries} attempts were repeated.");
        Assert.Equal(losesTail, lost > 0);
    }

    [Fact]
    [Spec("DU-06")]
    public void Recovery_gives_the_state_that_a_snapshot_would()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var driver = new NetworkDriver(RandomNetwork.Create(seed, out _).Plan(), seed, crashes: 1e-9);
            for (var i = 0; i < 60 && driver.Step(); i++)
            {
                Assert.Equal(driver.Network.WriteSnapshot(out var _), driver.Recover().WriteSnapshot(out var _));
            }
        }
    }

    [Fact]
    public void A_schedule_is_as_good_as_another_but_the_same_seed_gives_the_same_run()
    {
        var one = RandomNetwork.Create(7, out _).Run(7);
        var two = RandomNetwork.Create(7, out _).Run(7);

        Assert.Equal(one.Order, two.Order);
    }

    /// <summary>
    /// Layers of nodes, each fed by earlier ones. A join is fed only by nodes whose order of tokens does not depend on the
    /// schedule, and then no channel is small, because a bounded network may deadlock where an unbounded one does not; but for
    /// one join of two sources of their own, which cannot. Some nodes are several: a cycle that counts down, an output whose
    /// connections compete, a node whose errors are skipped or leave by their port. Their tokens have no order to rely on.
    /// </summary>
    private static class RandomNetwork
    {
        /// <summary>Nodes named r and a number fail now and then and are tried again; those named f… fail for good at every seventh value.</summary>
        public static void FailNowAndThen(string node, Firing firing)
        {
            if ((node[0] == 'r' && !node.Contains('-', StringComparison.Ordinal) && firing.Attempt < 3 && (firing.Number + firing.Process) % 5 == 0)
                || (node[0] == 'f' && firing[0]!.Json.GetInt64() % 7 == 0))
            {
                throw new InvalidOperationException("now and then");
            }
        }

        public static TestNetwork Create(int seed, out Reference reference)
        {
            var random = new Random(seed);
            var joins = random.Next(3) == 0;
            var design = new TestNetwork();
            reference = new Reference();
            var outputs = new List<(string Node, string Port, bool Ordered)>();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var count = random.Next(0, 30);
                design.Node($"s{i}", "source", $$"""{"count":{{count}}}""");
                reference.Source($"s{i}", count);
                outputs.Add(($"s{i}", "out", true));
            }

            if (!joins)
            {
                JoinOfItsOwn(design, reference, random);
                outputs.Add(("n-own", "out", true));
            }

            for (var i = random.Next(2, 10); i > 0; i--)
            {
                var retried = random.Next(3) == 0;
                var id = $"{(retried ? "r" : "n")}{(10 - i).ToString(CultureInfo.InvariantCulture)}";
                var type = random.Next(joins ? 11 : 10) switch
                {
                    0 => "pass",
                    1 => "double",
                    2 => "even",
                    3 => "merge",
                    4 => "sum",
                    5 => "count",
                    6 => "cycle",
                    7 => "compete",
                    8 => "skip",
                    9 => "port",
                    _ => "zip",
                };
                var sources = Enumerable.Range(0, type is "merge" or "zip" ? random.Next(1, 4) : 1)
                    .Select(_ => outputs[random.Next(outputs.Count)]).Distinct().Where(source => type != "zip" || source.Ordered).ToArray();
                if (sources.Length == 0)
                {
                    continue;
                }

                var capacity = joins ? 10_000 : random.Next(0, 4);
                var (first, last) = Add(design, id, type, capacity, retried, random.Next(3) == 0);
                reference.Node(last, type);
                foreach (var (node, port, _) in sources)
                {
                    design.Connect($"{node}.{port}>{first}", joins ? 10_000 : random.Next(0, 4));
                    reference.Connect(node, port, last);
                }

                var ordered = type is "sum" or "count" || (type is not ("cycle" or "compete" or "port") && sources.All(source => source.Ordered) && (sources.Length == 1 || type == "zip"));
                outputs.Add((last, "out", ordered));
                if (type == "even")
                {
                    outputs.Add((last, "rejected", ordered));
                }
            }

            for (var i = 0; i < outputs.Count; i++)
            {
                if (outputs[i].Port == "rejected" || random.Next(2) == 0)
                {
                    design.Node($"t{i}", "sink");
                    reference.Node($"t{i}", "sink");
                    design.Connect($"{outputs[i].Node}.{outputs[i].Port}>t{i}", joins ? 10_000 : random.Next(0, 4));
                    reference.Connect(outputs[i].Node, outputs[i].Port, $"t{i}");
                }
            }

            return design;
        }

        /// <summary>Two sources that nobody else reads, joined through channels however small.</summary>
        private static void JoinOfItsOwn(TestNetwork design, Reference reference, Random random)
        {
            foreach (var source in new[] { "s-one", "s-two" })
            {
                var count = random.Next(0, 20);
                design.Node(source, "source", $$"""{"count":{{count}}}""").Connect($"{source}>n-own", random.Next(0, 3));
                reference.Source(source, count);
                reference.Connect(source, "out", "n-own");
            }

            design.Node("n-own", "zip");
            reference.Node("n-own", "zip");
        }

        /// <summary>Adds the nodes that one of the reference stands for; which of them tokens enter, and which they leave.</summary>
        private static (string First, string Last) Add(TestNetwork design, string id, string type, int capacity, bool retried, bool parallel)
        {
            string[] settings = [.. retried ? ["\"retry\":{\"attempts\":3,\"backoffMilliseconds\":1}"] : Array.Empty<string>(), .. parallel ? ["\"parallelism\":4"] : Array.Empty<string>()];
            var execution = $$"""{{{string.Join(',', settings)}}}""";
            switch (type)
            {
                case "cycle":
                    design.Node($"{id}-l", "loop").Node(id, "countdown", execution: execution).Connect($"{id}-l>{id}", 10_000).Connect($"{id}.back>{id}-l.back", 10_000);
                    return ($"{id}-l", id);
                case "compete":
                    design.Node($"{id}-c", "pass", execution: """{"fanOut":{"out":"compete"}}""").Node($"{id}-a", "pass").Node($"{id}-b", "pass").Node(id, "merge", execution: execution)
                        .Connect($"{id}-c>{id}-a", capacity).Connect($"{id}-c>{id}-b", capacity).Connect($"{id}-a>{id}", capacity).Connect($"{id}-b>{id}", capacity);
                    return ($"{id}-c", id);
                case "skip":
                    design.Node($"f{id}", "pass", execution: """{"onError":"skip"}""").Node(id, "pass", execution: execution).Connect($"f{id}>{id}", capacity);
                    return ($"f{id}", id);
                case "port":
                    design.Node($"f{id}", "pass", execution: """{"onError":"port"}""").Node($"{id}-e", "recover").Node(id, "merge", execution: execution)
                        .Connect($"f{id}.error>{id}-e", capacity).Connect($"f{id}>{id}", capacity).Connect($"{id}-e>{id}", capacity);
                    return ($"f{id}", id);
                default:
                    design.Node(id, type, execution: execution);
                    return (id, id);
            }
        }
    }

    /// <summary>Runs each node once over all its tokens, in the order of layers: no channels, no schedule, no state machine.</summary>
    private sealed class Reference
    {
        private readonly List<(string Id, string Type, int Count)> _nodes = [];
        private readonly List<(string From, string Port, string To)> _connections = [];

        public void Source(string id, int count) => _nodes.Add((id, "source", count));

        public void Node(string id, string type) => _nodes.Add((id, type, 0));

        public void Connect(string from, string port, string to) => _connections.Add((from, port, to));

        public List<string> Outputs()
        {
            var results = new List<string>();
            var produced = new Dictionary<(string Node, string Port), List<long>>();
            foreach (var (id, type, count) in _nodes)
            {
                var inputs = _connections.Where(connection => connection.To == id).Select(connection => produced[(connection.From, connection.Port)]).ToList();
                var all = inputs.SelectMany(tokens => tokens).ToList();
                produced[(id, "rejected")] = type == "even" ? [.. all.Where(value => value % 2 != 0)] : [];
                produced[(id, "out")] = type switch
                {
                    "source" => [.. Enumerable.Range(0, count).Select(value => (long)value)],
                    "double" => [.. all.SelectMany(value => new[] { value, value + 1 })],
                    "even" => [.. all.Where(value => value % 2 == 0)],
                    "sum" => [all.Sum()],
                    "count" => [all.Count],
                    "cycle" => [.. all.Select(_ => 0L)],
                    "skip" => [.. all.Where(value => value % 7 != 0)],
                    "zip" => [.. Enumerable.Range(0, inputs.Min(tokens => tokens.Count)).Select(i => inputs.Sum(tokens => tokens[i]))],
                    _ => all,
                };
                if (type == "sink")
                {
                    results.AddRange(all.Select(value => value.ToString(CultureInfo.InvariantCulture)));
                }
            }

            return results;
        }
    }
}
