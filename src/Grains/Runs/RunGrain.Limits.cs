using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Execution;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Runs;

/// <summary>What a run may use in all.</summary>
internal sealed partial class RunGrain
{
    /// <summary>Adding up costs a walk over all channels.</summary>
    private const int TurnsPerMeasure = 8;

    private readonly WorkClock _clock = new(services.Time);
    private IGrainTimer? _deadline;
    private int _turns;

    /// <summary>The limit that the run has reached, by its option's name, and the node that used most; null when it is within all of them.</summary>
    private RunFailure? LimitReached()
    {
        var limits = services.Options.Limits;
        if (_network.Firings > limits.Firings)
        {
            return Over($"firings: at most {limits.Firings} in one run", "firings", process => _network.FiguresOf(process).Firings);
        }

        if (_clock.Elapsed > limits.Duration)
        {
            var at = _executing.FirstOrDefault(executing => !executing.Value.Context.IsWaiting).Key;
            var node = at is null ? null : _network.Plan.Processes[at.Process].NodeId;
            return new RunFailure(
                ErrorCodes.LimitReached, $"duration: a run works for at most {limits.Duration}{(node is null ? "" : $"; node '{node}' was at work")}", node);
        }

        if (_network.Tokens > limits.Tokens)
        {
            return Over($"tokens: at most {limits.Tokens} in one run", "tokens", _network.TokensFrom);
        }

        if (_network.Bytes > limits.Bytes)
        {
            return Over($"bytes: at most {limits.Bytes} of tokens in one run", "bytes", _network.BytesFrom);
        }

        return ++_turns % TurnsPerMeasure == 0 && _network.QueuedBytes > limits.QueuedBytes
            ? Over($"queuedBytes: at most {limits.QueuedBytes} of tokens wait in a run", "bytes", _network.QueuedFrom)
            : null;
    }

    private RunFailure Over(string rule, string unit, Func<int, long> amountOf) => _network.Most(amountOf) is { } most
        ? new RunFailure(ErrorCodes.LimitReached, $"{rule}; most are of node '{most.Process.NodeId}', {most.Amount} {unit}", most.Process.NodeId)
        : new RunFailure(ErrorCodes.LimitReached, rule, null);

    /// <summary>For a run that keeps its result only: the output that has most of it, and the node that gives it.</summary>
    private RunFailure OverResult()
    {
        var name = _result.Concat(_network.Published).Where(publication => publication.Name.Length > 0)
            .GroupBy(publication => publication.Name, StringComparer.Ordinal)
            .MaxBy(output => output.Sum(publication => (long)publication.Token.Size))?.Key;
        var node = name is null ? null : _network.Plan.Processes.FirstOrDefault(process => process.Component.Id == "output"
            && process.Props.TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.String && named.ValueEquals(name))?.NodeId;
        return new RunFailure(
            ErrorCodes.LimitReached, $"resultBytes: at most {services.Options.ResultBytes}{(name is null ? "" : $"; most are of the output '{name}'")}", node);
    }

    private void StartClock()
    {
        if (_network.Status != NetworkStatus.Running)
        {
            return;
        }

        _clock.Start();
        if (_deadline is null)
        {
            var left = services.Options.Limits.Duration - _clock.Elapsed;
            var least = TimeSpan.FromMilliseconds(10);
            _deadline = this.RegisterGrainTimer(
                static (grain, _) => grain.OnDeadline(),
                this,
                new GrainTimerCreationOptions(left < least ? least : left > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : left, Timeout.InfiniteTimeSpan)
                {
                    Interleave = true,
                });
        }
    }

    /// <summary>A run of which everything waits by declaration does not work.</summary>
    private void StopClock()
    {
        if (_network.Status != NetworkStatus.Running || OnlyWaits())
        {
            _clock.Stop();
        }
    }

    /// <summary>A firing that takes for ever gives the run no turn in which it would notice that its time is up.</summary>
    private Task OnDeadline()
    {
        _deadline?.Dispose();
        _deadline = null;
        if (_clock.Runs)
        {
            Pump();
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// What the run had worked: as its header told, and from then to its newest entry if it worked then. The header is told
    /// anew with the next entry, so that the time until then never counts as work.
    /// </summary>
    private async Task RestoreClockAsync(CancellationToken cancellationToken)
    {
        if (_header is not { EndedAt: null } header)
        {
            return;
        }

        var worked = TimeSpan.FromMilliseconds(header.WorkedMilliseconds);
        await foreach (var newest in services.Journal.ReadAsync(Stream, _journal.Stored - 1, 1, cancellationToken))
        {
            if (header.Status == "running" && newest.At > header.UpdatedAt)
            {
                worked += newest.At - header.UpdatedAt;
            }
        }

        _clock.Restore(worked);
        _headerDue = true;
    }
}
