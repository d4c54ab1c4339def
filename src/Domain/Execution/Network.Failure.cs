namespace Actors.Domain.Execution;

/// <summary>Attempts, backoff and what follows them. This is the one retry loop of a run.</summary>
public sealed partial class Network
{
    private const double LongestBackoff = 60_000;

    /// <summary>The attempt failed. Nothing of it happened; the node's settings say what follows.</summary>
    /// <param name="now">Ticks, UTC.</param>
    /// <param name="retryable">Whether another attempt may succeed.</param>
    /// <param name="retryAfter">The least time before it.</param>
    public FailureVerdict Fail(Firing firing, long now, string code, string message, bool retryable = true, TimeSpan? retryAfter = null)
    {
        if (firing.IsAbandoned)
        {
            return FailureVerdict.Skipped;
        }

        var cell = _cells[firing.Process];
        if (Status == NetworkStatus.Cancelling)
        {
            GiveUpFrom(cell, firing);
            FinishCancelling();
            return FailureVerdict.Skipped;
        }

        var execution = cell.Plan.Execution;
        var lines = firing.Published.Where(publication => publication.Name.Length == 0).ToArray();
        firing.Reset();
        cell.Errors++;
        if (retryable && firing.Attempt < execution.Attempts)
        {
            var due = now + Backoff(firing, execution, retryAfter).Ticks;
            Record(RunEvents.Error(cell.Plan.NodeId, firing.Number, firing.Attempt, code, message, FailureVerdict.Retried), lines);
            firing.IsExecuted = false;
            Pin(cell, firing);
            Log.Attempted(firing.Process, firing.Number, firing.Attempt, due);
            Attempted(cell, firing.Number, firing.Attempt, due);
            _timers.Enqueue((firing, firing.Process), due);
            return FailureVerdict.Retried;
        }

        var verdict = execution.OnError switch
        {
            OnError.Skip => FailureVerdict.Skipped,
            OnError.Port when cell.Plan.ErrorPort >= 0 => FailureVerdict.SentOut,
            _ => FailureVerdict.Fatal,
        };
        if (verdict == FailureVerdict.Fatal)
        {
            Record(RunEvents.Error(cell.Plan.NodeId, firing.Number, firing.Attempt, code, message, verdict), lines);
            ForgetCause(cell, firing, code);
            FailRun(new RunFailure(code, message, cell.Plan.NodeId));
            return verdict;
        }

        firing.IsSkipped = true;
        firing.Published.AddRange(lines);
        firing.Published.Add(RunEvents.Error(cell.Plan.NodeId, firing.Number, firing.Attempt, code, message, verdict));
        if (verdict == FailureVerdict.SentOut)
        {
            firing.Emitted.Add(new Emission(cell.Plan.ErrorPort, ErrorToken(cell, firing, code, message)));
        }

        Commit(firing);
        return verdict;
    }

    /// <summary>Ends the run as failed, or as cancelled when it is being cancelled; firings in flight are given up.</summary>
    public void FailRun(RunFailure failure)
    {
        if (Status == NetworkStatus.Cancelling)
        {
            SetStatus(NetworkStatus.Cancelled, null);
        }
        else
        {
            SetStatus(NetworkStatus.Failed, failure);
        }
    }

    private static Token ErrorToken(ProcessCell cell, Firing firing, string code, string message)
    {
        var input = firing.Tokens.Length > 0 ? firing.Tokens[0] : null;
        return Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("code", code);
            writer.WriteString("message", message);
            writer.WriteString("node", cell.Plan.NodeId);
            writer.WriteNumber("firing", firing.Number);
            writer.WriteNumber("attempts", firing.Attempt);
            if (input is not null)
            {
                writer.WritePropertyName("input");
                writer.WriteRawValue(input.Utf8.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
        });
    }

    private static void Attempted(ProcessCell cell, long number, int attempts, long due)
    {
        cell.Failed[number] = (attempts, due);
        cell.Retries++;
    }

    /// <summary>Doubles with each attempt up to a minute; of it at least half, the rest by the seed, so that many do not come back at once.</summary>
    private TimeSpan Backoff(Firing firing, NodeExecution execution, TimeSpan? atLeast)
    {
        var full = Math.Min(Math.Max(LongestBackoff, execution.Backoff.TotalMilliseconds), execution.Backoff.TotalMilliseconds * Math.Pow(2, firing.Attempt - 1));
        var share = Draw(firing, firing.Attempt) / 2;
        var backoff = TimeSpan.FromMilliseconds(full * (0.5 + share));
        return atLeast is { } least && least > backoff ? least : backoff;
    }

    /// <summary>A number from 0 up to, not including, 1 that only depends on seed, process, firing and <paramref name="draw"/>.</summary>
    public double Draw(Firing firing, int draw)
    {
        // SplitMix64 over the four numbers.
        var value = _seed + (0x9E3779B97F4A7C15 * (ulong)((firing.Process * 31) + draw + 1)) + (0xD1B54A32D192ED03 * (ulong)firing.Number);
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return ((value ^ (value >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
