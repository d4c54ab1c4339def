namespace Actors.Domain.Execution;

/// <summary>Who used most of what a run may use: whom to name when a limit is reached.</summary>
public sealed partial class Network
{
    /// <summary>Tokens that the process ever put into its connections.</summary>
    public long TokensFrom(int process) => Leaving(process).Sum(channel => channel.Passed);

    /// <summary>Bytes of the tokens that the process ever put into its connections.</summary>
    public long BytesFrom(int process) => Leaving(process).Sum(channel => channel.PassedBytes);

    /// <summary>Bytes of the tokens of the process that nobody has consumed yet.</summary>
    public long QueuedFrom(int process) => Leaving(process).Sum(channel => channel.Bytes) + _cells[process].Outbox.Bytes;

    /// <summary>The process with the most of something and how much that is; null when none has any.</summary>
    public (ProcessPlan Process, long Amount)? Most(Func<int, long> amountOf)
    {
        (ProcessPlan, long)? most = null;
        foreach (var process in _plan.Processes)
        {
            var amount = amountOf(process.Index);
            if (amount > (most?.Item2 ?? 0))
            {
                most = (process, amount);
            }
        }

        return most;
    }

    private IEnumerable<Channel> Leaving(int process) => _cells[process].Plan.Outputs.SelectMany(port => port).Select(channel => _channels[channel]);
}
