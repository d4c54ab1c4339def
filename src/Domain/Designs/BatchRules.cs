namespace Actors.Domain.Designs;

/// <summary>What a batch as a whole must keep to.</summary>
internal static class BatchRules
{
    public static Refusal? CheckCount(int operations, DesignLimits limits) =>
        operations == 0 ? new Refusal(ErrorCodes.BatchEmpty, "operations: a batch has at least one operation")
        : operations > limits.OperationsPerBatch ? Refusals.Limit("operationsPerBatch", limits.OperationsPerBatch)
        : null;
}
