using System.Globalization;
using Actors.Domain.Execution;

namespace Actors.Domain.Tests.Execution;

/// <summary>Random networks, random schedules and random crashes against a reference interpreter that is as simple as can be.</summary>
public sealed class NetworkProperties
{
    [Theory]
    [InlineData(0, 150, 0.0)]
    [InlineData(1_000, 150, 0.05)]
    [Spec("RU-03", "DU-08")]
    public void Any_schedule_gives_the_outputs_of_the_reference_interpreter(int firstSeed, int networks, double crashes)
    {
        var (firings, crashed) = (0L, 0);
        for (var seed = firstSeed; seed < firstSeed + networks; seed++)
        {
            var design = RandomNetwork.Create(seed, out var reference);
            var run = design.Run(seed, crashes);

            Assert.True(run.Network.Status == NetworkStatus.Completed, $"Seed {seed}: {run.Network.Status} {run.Network.Failure?.Detail}");
            var expected = reference.Outputs().Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(run.Outputs.Order(StringComparer.Ordinal)), $"Seed {seed}: {string.Join(' ', expected)} but {run.Sorted}");
            firings += run.Network.Firings;
            crashed += run.Crashes;
        }

        Assert.True(firings > 5_000, $"Only {firings} firings.");
        Assert.True(crashes == 0 || crashed > 100, $"Only {crashed} crashes.");
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
    /// schedule, and then no channel is small, because a bounded network may deadlock where an unbounded one does not.
    /// </summary>
    private static class RandomNetwork
    {
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

            for (var i = random.Next(2, 10); i > 0; i--)
            {
                var id = $"n{(10 - i).ToString(CultureInfo.InvariantCulture)}";
                var type = random.Next(joins ? 7 : 6) switch
                {
                    0 => "pass",
                    1 => "double",
                    2 => "even",
                    3 => "merge",
                    4 => "sum",
                    5 => "count",
                    _ => "zip",
                };
                var sources = Enumerable.Range(0, type is "merge" or "zip" ? random.Next(1, 4) : 1)
                    .Select(_ => outputs[random.Next(outputs.Count)]).Distinct().Where(source => type != "zip" || source.Ordered).ToArray();
                if (sources.Length == 0)
                {
                    continue;
                }

                design.Node(id, type, execution: random.Next(3) == 0 ? """{"parallelism":4}""" : null);
                reference.Node(id, type);
                foreach (var (node, port, _) in sources)
                {
                    design.Connect($"{node}.{port}>{id}", joins ? 10_000 : random.Next(0, 4));
                    reference.Connect(node, port, id);
                }

                var ordered = type is "sum" or "count" || (sources.All(source => source.Ordered) && (sources.Length == 1 || type == "zip"));
                outputs.Add((id, "out", ordered));
                if (type == "even")
                {
                    outputs.Add((id, "rejected", ordered));
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
