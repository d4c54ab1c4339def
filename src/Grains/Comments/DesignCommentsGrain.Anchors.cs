using System.Collections.Immutable;
using System.Text.Json;
using Actors.Domain;
using Actors.Domain.Comments;
using Actors.Domain.Designs;
using Actors.Grains.Interfaces.Designs;

namespace Actors.Grains.Comments;

/// <summary>
/// What threads are about. Whether their nodes are still there is looked at when threads are read, once for each revision
/// of the design: edits never wait for comments.
/// </summary>
internal sealed partial class DesignCommentsGrain
{
    /// <summary>Changes in which the last place of a removed node is looked for; beyond, it is where it was when the thread began.</summary>
    private const int HistoryPage = 2_000;

    private const double MaximumCoordinate = 1e9;

    private long _observedRevision = -1;

    /// <summary>The anchor with the place of its node, or what is wrong with it.</summary>
    private async Task<(CommentAnchor Anchor, Refusal? Refusal)> FindAnchorAsync(CommentAnchor given)
    {
        if (given.NodeId is { } nodeId)
        {
            if (given.X is not null || given.Y is not null)
                return (given, Refusal.Field("anchor", "give either nodeId, or x and y, or nothing"));

            return (await Design.GetPart(nodeId))?.Node is { } node
                ? (new CommentAnchor(nodeId, node.X, node.Y), null)
                : (given, Refusal.Field("anchor.nodeId", "the design has no such node"));
        }

        if (given.X is null != given.Y is null)
            return (given, Refusal.Field("anchor", "x and y belong together"));

        return IsPlace(given.X) && IsPlace(given.Y) ? (given, null) : (given, Refusal.Field("anchor", $"x and y must be from -{MaximumCoordinate:F0} to {MaximumCoordinate:F0}"));

        static bool IsPlace(double? value) => value is null or (>= -MaximumCoordinate and <= MaximumCoordinate);
    }

    private async Task ObserveNodesAsync()
    {
        ImmutableArray<string> nodeIds =
            [.. Committed.Threads.Values.Select(thread => thread.Anchor.NodeId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (nodeIds.IsEmpty || await Design.GetHeader() is not { } header || header.Revision == _observedRevision)
            return;

        var sightings = ImmutableArray.CreateBuilder<NodeSighting>();
        foreach (var nodeId in nodeIds)
        {
            var isThere = (await Design.GetPart(nodeId))?.Node is not null;
            if (Committed.Threads.Values.Any(thread => thread.Anchor.NodeId == nodeId && thread.Orphaned == isThere))
                sightings.Add(new NodeSighting(nodeId, isThere, null, null));
        }

        if (sightings.Count > 0)
        {
            var places = await LastPlacesAsync(header.Revision, [.. sightings.Where(sighting => !sighting.IsThere).Select(sighting => sighting.NodeId)]);
            var command = new CommentCommand.Observe(
                Now, [.. sightings.Select(sighting => places.TryGetValue(sighting.NodeId, out var place) ? sighting with { X = place.X, Y = place.Y } : sighting)]);
            var outcome = await ExecuteAsync(command, Services.Identifiers.NewBatchId(), command.At, "system");
            if (outcome is EventSourcing.Outcome<CommentsState, CommentEvent>.Committed { Event: CommentEvent.Observed seen } committed)
            {
                await ShowAsync(
                    committed.State,
                    [.. committed.State.Threads.Values.Where(thread => seen.Nodes.Any(node => node.NodeId == thread.Anchor.NodeId)).Select(thread => thread.Id)]);
            }
        }

        _observedRevision = header.Revision;
    }

    /// <summary>Where nodes were before they went, as far as the newest changes tell.</summary>
    private async Task<Dictionary<string, (double? X, double? Y)>> LastPlacesAsync(long revision, ImmutableArray<string> nodeIds)
    {
        var places = new Dictionary<string, (double? X, double? Y)>(StringComparer.Ordinal);
        if (nodeIds.IsEmpty)
            return places;

        foreach (var nodeId in nodeIds)
        {
            var anchor = Committed.Threads.Values.First(thread => thread.Anchor.NodeId == nodeId).Anchor;
            places[nodeId] = (anchor.X, anchor.Y);
        }

        var changes = await GrainFactory.GetGrain<IDesignHistoryGrain>(DesignId).GetChanges(Math.Max(0, revision - HistoryPage), HistoryPage);
        foreach (var operation in changes.SelectMany(change => change.Operations))
        {
            if (operation is NodeAdd { Node: var node } && places.ContainsKey(node.Id))
                places[node.Id] = (node.X, node.Y);
            else if (operation is NodeSet set && places.TryGetValue(set.Id, out var place))
                places[set.Id] = (Number(set.Patch, "x") ?? place.X, Number(set.Patch, "y") ?? place.Y);
        }

        return places;
    }

    private static double? Number(JsonElement patch, string name) =>
        patch.ValueKind == JsonValueKind.Object && patch.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
