using System.Collections.Immutable;
using System.Text.Json;
using Actors.Components;
using Actors.Domain;
using Actors.Domain.Components;
using Actors.Domain.Designs;
using Actors.Domain.Execution;
using Actors.Domain.Json;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Projects;
using Actors.Storage;
using Orleans;

namespace Actors.Grains.Runs;

/// <summary>
/// Designs made ready to run. A revision that runs is kept as a blob, so that its runs find it again whatever happens to
/// the design; the plans of the latest ones are kept in memory, as many runs of one revision are the rule.
/// </summary>
internal sealed class RunPlans(IBlobStore blobs, IComponentCatalog catalog, ComponentRegistry components, RunOptions options)
{
    private const int Kept = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, PreparedDesign Design)>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, PreparedDesign Design)> _latest = new();

    /// <summary>The plan of a design at a revision (null for its newest), kept for recovery.</summary>
    public async Task<(PreparedDesign? Design, Refusal? Refusal)> PrepareAsync(IGrainFactory grains, string designId, long? revision)
    {
        var (header, wanted, refusal) = await ResolveAsync(grains, designId, revision);
        if (header is null)
        {
            return (null, refusal);
        }

        if (Find(KeyOf(designId, header.Epoch, wanted)) is { } known)
        {
            return (known, null);
        }

        if (await ReadAsync(grains, header, wanted) is not { } document)
        {
            return (null, Deleted);
        }

        // The design may have moved on between the two questions.
        var key = KeyOf(designId, document.Epoch, document.Revision);
        var compiled = PlanCompiler.Compile(document, catalog, options.Limits, IsRunnable);
        if (compiled.Plan is not { } plan)
        {
            return (null, RefuseOf(compiled.Issues));
        }

        var prepared = new PreparedDesign(key, document, plan);
        await StoreAsync(prepared);
        return (Keep(key, prepared), null);
    }

    /// <summary>Once a run of it is stored: the design may have been deleted with the last run before, while this one was being started.</summary>
    public async Task KeepAsync(PreparedDesign design)
    {
        try
        {
            if (!await blobs.IsKeptAsync(design.BlobId, CancellationToken.None))
            {
                await PutAsync(design);
            }
        }
        catch (StorageUnavailableException)
        {
            // The run is stored and goes on. It was there a moment ago, and nothing is deleted while storage is away.
        }
    }

    /// <summary>The plan of one node of a design alone, whatever becomes of the others.</summary>
    public async Task<(PreparedDesign? Design, Refusal? Refusal)> PrepareNodeAsync(
        IGrainFactory grains, string designId, long? revision, string nodeId, ImmutableDictionary<string, ImmutableArray<Token>> inputs)
    {
        var (header, wanted, refusal) = await ResolveAsync(grains, designId, revision);
        if (header is null)
        {
            return (null, refusal);
        }

        if (await ReadAsync(grains, header, wanted) is not { } document)
        {
            return (null, Deleted);
        }

        var key = KeyOf(designId, document.Epoch, document.Revision);
        var (alone, refused) = SingleNode.DesignOf(document, nodeId, inputs, catalog);
        if (alone is null)
        {
            return (null, refused);
        }

        var compiled = PlanCompiler.Compile(alone, catalog, options.Limits, IsRunnable);
        if (compiled.Plan is not { } plan)
        {
            return (null, RefuseOf(compiled.Issues));
        }

        var prepared = new PreparedDesign(key, document, plan);
        await StoreAsync(prepared);
        return (prepared, null);
    }

    /// <summary>The plan of a run that was started before; when its components are not what they were, what stands in its way.</summary>
    public async Task<(PreparedDesign? Design, ImmutableArray<PlanIssue> Issues)> LoadAsync(RunStart start)
    {
        if (start.NodeId is not { } nodeId)
        {
            return await LoadAsync(start.DesignBlob);
        }

        var document = await LoadDocumentAsync(start.DesignBlob);
        var (alone, refusal) = SingleNode.DesignOf(document, nodeId, start.Inputs, catalog);
        if (alone is null)
        {
            return (null, [new PlanIssue(refusal!.Code, refusal.Detail, [nodeId])]);
        }

        var compiled = PlanCompiler.Compile(alone, catalog, options.Limits, IsRunnable);
        return compiled.Plan is { } plan ? (new PreparedDesign(start.DesignBlob, document, plan), []) : (null, compiled.Issues);
    }

    private async Task<(PreparedDesign? Design, ImmutableArray<PlanIssue> Issues)> LoadAsync(string key)
    {
        if (Find(key) is { } known)
        {
            return (known, []);
        }

        var document = await LoadDocumentAsync(key);
        var compiled = PlanCompiler.Compile(document, catalog, options.Limits, IsRunnable);
        return compiled.Plan is { } plan ? (Keep(key, new PreparedDesign(key, document, plan)), []) : (null, compiled.Issues);
    }

    /// <summary>The version of each component that the plan has.</summary>
    public static ImmutableSortedDictionary<string, int> VersionsOf(NetworkPlan plan) => plan.Processes
        .Select(process => process.Component)
        .DistinctBy(component => component.Id, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(component => component.Id, component => component.Version, StringComparer.Ordinal);

    /// <summary>The failure of a run whose components are not those that it was started with.</summary>
    public static RunFailure? FindChanged(NetworkPlan plan, RunStart start)
    {
        foreach (var process in plan.Processes)
        {
            if (start.Versions?.TryGetValue(process.Component.Id, out var version) == true && version != process.Component.Version)
            {
                return new RunFailure(
                    ErrorCodes.ComponentVersionChanged,
                    $"The run was started with version {version} of '{process.Component.Id}'; there is version {process.Component.Version}.",
                    process.NodeId);
            }
        }

        return null;
    }

    /// <summary>A component that has other ports now, or fires otherwise: the journal's numbers would not mean what they meant.</summary>
    public static PlanIssue? FindReshaped(NetworkPlan plan, RunStart start)
    {
        foreach (var process in plan.Processes)
        {
            if (start.Components is { } known && known.TryGetValue(process.Component.Id, out var shape) && shape != process.Component.Shape())
            {
                return new PlanIssue(
                    ErrorCodes.RunComponentUnavailable,
                    $"the component '{process.Component.Id}' has other ports or fires otherwise than when the run was started",
                    [process.NodeId]);
            }
        }

        return null;
    }

    /// <summary>The refusal of a design with nodes whose components the project has switched off; it names them.</summary>
    public static Refusal? FindDisabled(NetworkPlan plan, DisabledComponents disabled)
    {
        ImmutableArray<PlanIssue> issues =
        [
            .. plan.Processes.Where(process => disabled.Types.Contains(process.Component.Id, StringComparer.Ordinal)).Select(process => new PlanIssue(
                ErrorCodes.ComponentDisabled, $"The component '{process.Component.Id}' is switched off in this project.", [process.NodeId])),
        ];
        return issues.IsEmpty ? null : RefuseOf(issues);
    }

    /// <summary>All issues as one refusal: the first one's code, and for each guilty node what is wrong with it.</summary>
    public static Refusal RefuseOf(ImmutableArray<PlanIssue> issues)
    {
        var errors = issues
            .SelectMany(issue => issue.Nodes.Select(node => (Node: node, Rule: $"{issue.Code}: {issue.Detail}")))
            .GroupBy(blamed => blamed.Node, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.Select(blamed => blamed.Rule).ToImmutableArray());
        return new Refusal(
            issues[0].Code,
            issues[0].Nodes.IsEmpty ? issues[0].Detail : $"{issues[0].Detail} (nodes: {string.Join(", ", issues[0].Nodes)})",
            Errors: errors.IsEmpty ? null : errors);
    }

    private static readonly Refusal Deleted = new(ErrorCodes.NotFound, "The design was deleted meanwhile.");

    private static async Task<(DesignHeader? Header, long Revision, Refusal? Refusal)> ResolveAsync(IGrainFactory grains, string designId, long? revision)
    {
        if (await grains.GetGrain<IDesignGrain>(designId).GetHeader() is not { } header)
        {
            return (null, 0, new Refusal(ErrorCodes.NotFound, "There is no such design, or you may not see it."));
        }

        var wanted = revision ?? header.Revision;
        return wanted < 1 || wanted > header.Revision
            ? (null, 0, new Refusal(ErrorCodes.RevisionUnknown, $"The design has revisions 1 to {header.Revision}."))
            : (header, wanted, null);
    }

    private static async Task<DesignDocument?> ReadAsync(IGrainFactory grains, DesignHeader header, long revision) => revision == header.Revision
        ? await grains.GetGrain<IDesignGrain>(header.Id).GetDocument()
        : await grains.GetGrain<IDesignHistoryGrain>(header.Id).GetDocument(revision);

    private async Task StoreAsync(PreparedDesign design)
    {
        if (!await blobs.ExistsAsync(design.BlobId, CancellationToken.None))
        {
            await PutAsync(design);
        }
    }

    private Task PutAsync(PreparedDesign design) => blobs.PutAsync(
        design.BlobId, "application/json", JsonSerializer.SerializeToUtf8Bytes(design.Document, DomainJson.Document), CancellationToken.None);

    private async Task<DesignDocument> LoadDocumentAsync(string key)
    {
        var blob = await blobs.GetAsync(key, CancellationToken.None) ?? throw new InvalidOperationException($"The design {key} of a run is gone.");
        return JsonSerializer.Deserialize(blob.Content.Span, DomainJson.Document)!;
    }

    private bool IsRunnable(string component) => components.Find(component) is not null;

    private static string KeyOf(string designId, string epoch, long revision) => $"run-design/{designId}/{epoch}/{revision}";

    private PreparedDesign? Find(string key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return null;
            }

            _latest.Remove(node);
            _latest.AddFirst(node);
            return node.Value.Design;
        }
    }

    private PreparedDesign Keep(string key, PreparedDesign design)
    {
        lock (_gate)
        {
            if (!_byKey.ContainsKey(key))
            {
                _byKey[key] = _latest.AddFirst((key, design));
                if (_latest.Count > Kept)
                {
                    _byKey.Remove(_latest.Last!.Value.Key);
                    _latest.RemoveLast();
                }
            }

            return design;
        }
    }
}

/// <summary>A design at one revision, ready to run.</summary>
internal sealed record PreparedDesign(string BlobId, DesignDocument Document, NetworkPlan Plan);
