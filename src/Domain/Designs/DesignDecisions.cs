using System.Collections.Immutable;
using Actors.Domain.Components;
using Actors.Domain.Versions;
using DesignDecision = Actors.Domain.Decision<Actors.Domain.Designs.DesignState, Actors.Domain.Designs.DesignEvent>;

namespace Actors.Domain.Designs;

/// <summary>What commands come to. Every decision computes the state that follows as it goes, so that nothing is done twice.</summary>
internal static class DesignDecisions
{
    public static DesignDecision Decide(DesignState state, DesignCommand command, IComponentCatalog components, DesignLimits limits)
    {
        if (command is CreateDesign create)
        {
            return state switch
            {
                { Deleted: true } => DesignDecision.Refused(Deleted),
                { Exists: true } => DesignDecision.Nothing,
                _ => Create(state, create, components, limits),
            };
        }

        if (!state.Exists)
        {
            return DesignDecision.Refused(new Refusal(ErrorCodes.NotFound, "There is no such design."));
        }

        if (command is DeleteDesign delete)
        {
            return state.Deleted ? DesignDecision.Nothing : Delete(state, delete);
        }

        if (state.Deleted)
        {
            return DesignDecision.Refused(Deleted);
        }

        return command switch
        {
            SubmitBatch submit => Submit(state, submit, components, limits),
            UndoLast undo => Repeatable(state, undo.BatchId, () => TakeBackLast(state, BatchCause.Undo, undo.BatchId, undo, components, limits)),
            RedoLast redo => Repeatable(state, redo.BatchId, () => TakeBackLast(state, BatchCause.Redo, redo.BatchId, redo, components, limits)),
            RevertJob revert => Repeatable(state, revert.BatchId, () => Revert(state, revert, components, limits)),
            RestoreContents restore => Repeatable(state, restore.BatchId, () => Restore(state, restore)),
            _ => DesignDecision.Nothing,
        };
    }

    private static Refusal Deleted => new(ErrorCodes.Deleted, "The design was deleted.");

    private static DesignDecision Create(DesignState state, CreateDesign create, IComponentCatalog components, DesignLimits limits)
    {
        if (HeaderRules.Check(new DesignHeader(create.Name, create.Description, create.Settings), limits) is { } refusal)
        {
            return DesignDecision.Refused(refusal);
        }

        var transaction = state.Begin(author: 0);
        var gate = new OperationGate(transaction, create.Kind, state.Removed, components, limits);
        if (TakeContents(gate, create) is { } wrong)
        {
            return DesignDecision.Refused(wrong);
        }

        var created = new DesignCreated
        {
            Author = create.Author,
            At = create.At,
            Id = create.Id,
            ProjectId = create.ProjectId,
            Name = create.Name,
            Kind = create.Kind,
            Description = create.Description,
            Settings = create.Settings is { } settings ? NodeRules.WithoutNulls(settings) : null,
            Epoch = create.Epoch,
            Nodes = [.. gate.Effective.OfType<NodeAdd>().Select(add => add.Node)],
            Connections = [.. gate.Effective.OfType<ConnectionAdd>().Select(add => add.Connection)],
        };
        return DesignDecision.Happened(created, state.After(created, transaction.Graph));
    }

    private static Refusal? TakeContents(OperationGate gate, CreateDesign create)
    {
        var nodes = ContentOrder.ParentsFirst(create.Nodes);
        foreach (var index in nodes)
        {
            var node = create.Nodes[index];
            var clashes = gate.Graph.FindNode(node.Id) is not null;
            if ((clashes ? Twice(node.Id) : gate.Take(new NodeAdd(node)).Refusal) is { } refusal)
            {
                return refusal with { Detail = $"nodes[{index}] ('{node.Id}'): {refusal.Detail}", Index = index };
            }
        }

        for (var index = 0; index < create.Connections.Length; index++)
        {
            var connection = create.Connections[index];
            var clashes = gate.Graph.FindConnection(connection.Id) is not null;
            if ((clashes ? Twice(connection.Id) : gate.Take(new ConnectionAdd(connection)).Refusal) is { } refusal)
            {
                return refusal with { Detail = $"connections[{index}]: {refusal.Detail}", Index = index };
            }
        }

        return null;
    }

    private static Refusal Twice(string id) => new(ErrorCodes.ImportInvalid, $"the identifier '{id}' occurs twice");

    private static DesignDecision Delete(DesignState state, DeleteDesign delete)
    {
        var deleted = new DesignDeleted { Author = delete.Author, At = delete.At };
        return DesignDecision.Happened(deleted, state.AfterDeletion(deleted));
    }

    private static DesignDecision Submit(DesignState state, SubmitBatch submit, IComponentCatalog components, DesignLimits limits)
    {
        var batch = submit.Batch;
        if (state.FindRecent(batch.BatchId) is not null)
        {
            return DesignDecision.Nothing;
        }

        if (BatchRules.CheckCount(batch.Operations.Length, limits) is { } refusal)
        {
            return DesignDecision.Refused(refusal);
        }

        var gate = Begin(state, submit.Author, components, limits, out var transaction);
        var ignored = ImmutableArray<int>.Empty;
        for (var index = 0; index < batch.Operations.Length; index++)
        {
            var verdict = gate.Take(batch.Operations[index]);
            if (verdict.Refusal is { } wrong)
            {
                return DesignDecision.Refused(wrong with { Index = index });
            }

            if (verdict.Ignored)
            {
                ignored = ignored.Add(index);
            }
        }

        var committed = new BatchCommitted
        {
            BatchId = batch.BatchId,
            Author = submit.Author,
            At = submit.At,
            Operations = gate.Effective,
            Ignored = ignored,
            Missed = gate.Missed,
            Rewritten = gate.Rewritten,
        };
        return DesignDecision.Happened(committed, state.After(committed, transaction));
    }

    private static DesignDecision Repeatable(DesignState state, Guid batchId, Func<DesignDecision> decide) =>
        state.FindRecent(batchId) is null ? decide() : DesignDecision.Nothing;

    /// <summary>Takes back the newest entry of which something is still the author's; the ones above it are dropped.</summary>
    private static DesignDecision TakeBackLast(DesignState state, BatchCause cause, Guid batchId, DesignCommand command, IComponentCatalog components, DesignLimits limits)
    {
        var gate = Begin(state, command.Author, components, limits, out var transaction);
        var back = new TakeBack(gate);
        var entries = 0;
        foreach (var owned in state.EntriesFor(cause, command.Author, null))
        {
            back.Entry(owned);
            entries++;
            if (gate.HasEffect)
            {
                return TakenBack(state, cause, batchId, command, gate, transaction, new TakenBack { Entries = entries, Steps = back.Steps });
            }
        }

        return DesignDecision.Refused(cause == BatchCause.Undo
            ? new Refusal(ErrorCodes.NothingToUndo, "Nothing that you did lately is still as you made it.")
            : new Refusal(ErrorCodes.NothingToRedo, "Nothing that you took back can be repeated."));
    }

    private static DesignDecision Revert(DesignState state, RevertJob revert, IComponentCatalog components, DesignLimits limits)
    {
        var gate = Begin(state, revert.Author, components, limits, out var transaction);
        var back = new TakeBack(gate);
        foreach (var owned in state.EntriesFor(BatchCause.Revert, revert.Author, revert.JobId))
        {
            back.Entry(owned);
        }

        return gate.HasEffect
            ? TakenBack(state, BatchCause.Revert, revert.BatchId, revert, gate, transaction, new TakenBack { JobId = revert.JobId, Steps = back.Steps })
            : DesignDecision.Refused(new Refusal(ErrorCodes.NothingToUndo, $"Nothing that the job '{revert.JobId}' did is still as it made it."));
    }

    /// <summary>
    /// What the design once was it may be again, so nothing is checked: a limit that was lowered since, or a component that
    /// is no more, must not make the past unreachable.
    /// </summary>
    private static DesignDecision Restore(DesignState state, RestoreContents restore)
    {
        var operations = Transition.Between(state.ToDocument(), restore.Target);
        if (operations.IsEmpty)
        {
            return DesignDecision.Nothing;
        }

        state.Authors.With(restore.Author, out var place);
        var transaction = state.Begin(place);
        foreach (var operation in operations)
        {
            transaction.Replay(operation, stamps: default);
        }

        var committed = new BatchCommitted
        {
            BatchId = restore.BatchId,
            Author = restore.Author,
            At = restore.At,
            Operations = operations,
            Rewritten = true,
            Cause = BatchCause.Restore,
            Restored = restore.Target.Revision,
        };
        return DesignDecision.Happened(committed, state.After(committed, transaction));
    }

    private static DesignDecision TakenBack(
        DesignState state, BatchCause cause, Guid batchId, DesignCommand command, OperationGate gate, DesignTransaction transaction, TakenBack taken)
    {
        var committed = new BatchCommitted
        {
            BatchId = batchId,
            Author = command.Author,
            At = command.At,
            Operations = gate.Effective,
            Rewritten = true,
            Cause = cause,
            TakenBack = taken,
        };
        return DesignDecision.Happened(committed, state.After(committed, transaction));
    }

    private static OperationGate Begin(DesignState state, Author author, IComponentCatalog components, DesignLimits limits, out DesignTransaction transaction)
    {
        state.Authors.With(author, out var place);
        transaction = state.Begin(place);
        return new OperationGate(transaction, state.Kind, state.Removed, components, limits);
    }
}
