using System.Collections.Concurrent;

namespace Actors.Storage;

/// <summary>Answers committed groups in their order, each as a whole, in the thread pool.</summary>
internal sealed class GroupAnswers : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Group> _groups = new();
    private int _scheduled;

    public void Enqueue(List<PendingAppend> appends, List<PendingWrite> writes)
    {
        _groups.Enqueue(new Group([.. appends], [.. writes]));
        Schedule();
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (_groups.TryDequeue(out var group))
            group.Answer();
        Volatile.Write(ref _scheduled, 0);

        // A group that came between the last look and the line above found this item still scheduled.
        if (!_groups.IsEmpty)
            Schedule();
    }

    private void Schedule()
    {
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private readonly record struct Group(PendingAppend[] Appends, PendingWrite[] Writes)
    {
        /// <summary>
        /// The last first: whoever has several appends in the group, and takes their outcomes in the order of revisions,
        /// then takes them all when the first one's comes, and tells those who watch once instead of in pieces.
        /// </summary>
        public void Answer()
        {
            for (var i = Appends.Length - 1; i >= 0; i--)
                Appends[i].TrySetResult(Appends[i].Outcome);

            foreach (var write in Writes)
                write.Committed();
        }
    }
}
