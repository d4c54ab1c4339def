namespace Orleans.Embedded;

/// <summary>Whose turns a <see cref="TurnScheduler"/> runs. Both members run in a turn.</summary>
internal interface ITurnOwner
{
    void Run(object work);

    /// <summary>After each piece of work, on an empty stack.</summary>
    void AfterWork();

    void OnUnhandled(Exception exception);
}

/// <summary>
/// Runs the turns of one owner, one at a time and in order, on the thread pool. It is the task scheduler of the code that runs in
/// them, so every await comes back here. After a bounded number of pieces it lets others run.
/// </summary>
internal sealed class TurnScheduler(ITurnOwner owner) : TaskScheduler, IThreadPoolWorkItem
{
    private const int PiecesPerRun = 256;

    [ThreadStatic]
    private static TurnScheduler? t_current;

    private readonly Queue<object> _work = new();
    private bool _running;
    private bool _dead;

    /// <summary>The owner whose turn runs on this thread.</summary>
    public static ITurnOwner? CurrentOwner => t_current?.Owner;

    /// <summary>Guards the queue; the owner may guard its own short lists with it too.</summary>
    public Lock Gate { get; } = new();

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Whether the turns were ended for good.</summary>
    public bool IsDead
    {
        get
        {
            lock (Gate)
                return _dead;
        }
    }

    private ITurnOwner Owner => owner;

    public void Post(object work)
    {
        bool wake;
        lock (Gate)
            wake = EnqueueLocked(work);
        if (wake)
            Wake();
    }

    /// <summary>Adds work; the gate is held. Whether the caller must call <see cref="Wake"/> once it has let the gate go.</summary>
    public bool EnqueueLocked(object work)
    {
        if (_dead)
            return false;
        _work.Enqueue(work);
        if (_running)
            return false;
        _running = true;
        return true;
    }

    public void Wake() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    /// <summary>Takes the requests out of the queue, in order; the gate is held.</summary>
    public void TakeRequestsLocked(List<GrainRequest> into)
    {
        for (var i = _work.Count; i > 0; i--)
        {
            var work = _work.Dequeue();
            if (work is GrainRequest request)
                into.Add(request);
            else
                _work.Enqueue(work);
        }
    }

    /// <summary>Ends all turns for good: what waits never resumes, as if the process had died.</summary>
    public void Kill()
    {
        lock (Gate)
        {
            _dead = true;
            _work.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var outer = t_current;
        t_current = this;
        try
        {
            // Inside a task of this scheduler TaskScheduler.Current is this one, which is what awaits capture.
            new Task(static state => ((TurnScheduler)state!).RunPieces(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach)
                .RunSynchronously(this);
        }
        finally
        {
            t_current = outer;
        }
    }

    protected override void QueueTask(Task task) => Post(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(t_current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (Gate)
            return [.. _work.OfType<Task>()];
    }

    private void RunPieces()
    {
        var clean = ExecutionContext.Capture()!;
        for (var i = 0; i < PiecesPerRun; i++)
        {
            object work;
            lock (Gate)
            {
                if (_dead || !_work.TryDequeue(out work!))
                {
                    _running = false;
                    return;
                }
            }

            try
            {
                if (work is Task task)
                    TryExecuteTask(task);
                else
                    owner.Run(work);
                Clean(clean);
                owner.AfterWork();
            }
            catch (Exception exception)
            {
                owner.OnUnhandled(exception);
            }

            Clean(clean);
        }

        // Others first: to the back of the shared queue.
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // What one request left in the thread's context must not reach the next.
    private static void Clean(ExecutionContext clean)
    {
        if (!ReferenceEquals(ExecutionContext.Capture(), clean))
            ExecutionContext.Restore(clean);
    }
}
