using System.Collections.Immutable;
using Actors.Domain;
using Actors.Domain.Execution;
using Actors.Domain.Identity;
using Actors.Domain.Notifications;
using Actors.Grains.Interfaces.Rooms;
using Actors.Grains.Interfaces.Runs;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Runs;

/// <summary>Telling others how the run fares, and that it has ended.</summary>
internal sealed partial class RunGrain
{
    /// <summary>Everybody who waits for the end knows of it.</summary>
    private bool _told;

    /// <summary>The latest <see cref="EndAsync"/>.</summary>
    private Task _ending = Task.CompletedTask;

    private async Task EndAsync()
    {
        try
        {
            await AnswerOtherAsync();
            await CancelChildrenAsync();
            _told = await NotifyAsync();
            if (_told && _reminder is { } reminder && _network.Status != NetworkStatus.Running)
            {
                _reminder = null;
                await this.UnregisterReminder(reminder);
            }
        }
        catch (Exception exception)
        {
            // The other run asks again when it comes back; a reminder that stays finds a run that has ended and goes then.
            LogNotTold(services.Logger, exception, RunId);
        }
    }

    /// <summary>Nobody waits any more for what a run that broke off had started; one that completed has had its answers.</summary>
    private async Task CancelChildrenAsync()
    {
        if (_header?.Status is not ("cancelled" or "failed"))
        {
            return;
        }

        foreach (var child in await services.Lists.LinksFromAsync(ChildLink, RunId, Life))
        {
            if (!IsOver)
            {
                return;
            }

            await GrainFactory.GetGrain<IRunGrain>(child.To).Cancel();
        }
    }

    /// <summary>Tells the run that waits for this one's end.</summary>
    private async Task AnswerOtherAsync()
    {
        if (_start?.AnswerTo is not { } other || _header is null)
        {
            return;
        }

        var outputs = await AllOutputsAsync();
        var header = _header;
        var answer = Token.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("status", header.Status);
            writer.WriteString("runId", header.Id);
            writer.WriteStartObject("outputs");
            foreach (var (name, tokens) in outputs)
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(Token.List(tokens).Utf8.Span, skipInputValidation: true);
            }

            writer.WriteEndObject();
            if (header.Error is { } error)
            {
                writer.WriteStartObject("error");
                writer.WriteString("code", error.Code);
                writer.WriteString("detail", error.Detail);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
        await GrainFactory.GetGrain<IRunGrain>(other.RunId).Answer(other.WaitId, answer);
    }

    private RunTotals TotalsNow() => new(_network.Firings, _network.Plan.Processes.Sum(process => _network.FiguresOf(process.Index).Errors));

    private RunSummary SummaryOf(RunHeader header, RunTotals totals) => new(
        header.Id, header.DesignId, header.DesignName, header.Revision, header.Status, header.StartedBy, header.UpdatedAt,
        totals.Firings, totals.Errors, _outputs.All.Sum(output => output.Value.Count), header.Error);

    /// <summary>
    /// Tells whoever started the run of its end, once: when it failed, waited or took long. Who started a shorter one was
    /// there; of a run inside another one the outer run tells. False when they could not be reached.
    /// </summary>
    private async Task<bool> NotifyAsync()
    {
        var (header, start) = (_header!, _start!);
        var took = header.EndedAt - header.CreatedAt;
        if (header.Status is not ("completed" or "failed") || start.AnswerTo is not null || !start.StartedBy.StartsWith(Identifier.Account, StringComparison.Ordinal)
            || !(header.Status == "failed" || header.Waited || took >= services.Options.NotifyAfter))
        {
            return true;
        }

        var missed = await services.Notifier.NotifyAsync([start.StartedBy], new NewNotification(
            $"run.finished:{header.Id}:{header.EndedAt!.Value.ToUnixTimeMilliseconds()}",
            NotificationKinds.RunFinished,
            $"{header.DesignName}: the run {header.Status}",
            header.Error?.Detail ?? "",
            header.ProjectId,
            ImmutableSortedDictionary<string, string>.Empty.Add("designId", header.DesignId).Add("runId", header.Id),
            $"/api/v1/runs/{header.Id}"));
        return missed.IsEmpty;
    }

    [LoggerMessage(EventId = 2605, Level = LogLevel.Warning, Message = "The end of run {RunId} could not be told; it will be asked for again.")]
    private static partial void LogNotTold(ILogger logger, Exception exception, string runId);

    /// <summary>Over all nodes, as they were when a header was handed to the journal.</summary>
    private readonly record struct RunTotals(long Firings, long Errors);
}
