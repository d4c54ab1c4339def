namespace Actors.Bench.Load;

/// <summary>
/// Sends edits open-loop: each leaves when it is due, whatever the server does, so that a server which stalls is shown
/// as slow and is not sent less. Writers are spread evenly over the period.
/// </summary>
internal sealed class LoadSchedule
{
    private readonly LoadClock _clock;
    private readonly Writer[] _writers;
    private readonly double _period;

    public LoadSchedule(LoadClock clock, IReadOnlyList<LoadClient> writers, double rate, long start)
    {
        _clock = clock;
        _period = 1_000_000 / rate;
        _writers = [.. writers.Select((client, i) => new Writer(client, start + (_period * i / writers.Count)))];
    }

    /// <summary>Sends until the window is over; blocks its thread.</summary>
    public void Run()
    {
        while (_clock.Now < _clock.To)
        {
            var now = _clock.Now;
            foreach (var writer in _writers)
            {
                while (writer.Due <= now && writer.Due < _clock.To)
                {
                    writer.Client.Edit((long)writer.Due);
                    writer.Due += _period;
                }
            }

            Thread.Sleep(1);
        }
    }

    private sealed class Writer(LoadClient client, double due)
    {
        public LoadClient Client { get; } = client;

        public double Due { get; set; } = due;
    }
}
