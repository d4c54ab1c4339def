namespace Orleans
{
    public interface ILifecycleObserver
    {
        Task OnStart(CancellationToken cancellationToken = default);

        Task OnStop(CancellationToken cancellationToken = default);
    }

    public interface ILifecycleObservable
    {
        /// <summary>Runs the observer when the stage starts, in rising order, and when it stops, in falling order.</summary>
        IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
    }
}

namespace Orleans.Runtime
{
    public interface IGrainLifecycle : ILifecycleObservable;

    /// <summary>The stages of an activation: state is read at <see cref="SetupState"/>, OnActivateAsync runs at <see cref="Activate"/>.</summary>
    public static class GrainLifecycleStage
    {
        public const int First = int.MinValue;
        public const int SetupState = 1_000;
        public const int Activate = 2_000;
        public const int Last = int.MaxValue;
    }

    internal sealed class GrainLifecycle : IGrainLifecycle
    {
        private readonly List<Subscription> _subscriptions = [];
        private int _started = int.MinValue;
        private bool _stopping;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            ArgumentNullException.ThrowIfNull(observer);
            var subscription = new Subscription(this, stage, observer);
            _subscriptions.Add(subscription);
            return subscription;
        }

        public async Task StartAsync(int from, int to, CancellationToken cancellationToken)
        {
            foreach (var subscription in _subscriptions.Where(s => s.Stage >= from && s.Stage <= to).OrderBy(s => s.Stage).ToArray())
                await subscription.Observer.OnStart(cancellationToken);
            _started = to;
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            if (_stopping)
                return;
            _stopping = true;
            foreach (var subscription in _subscriptions.Where(s => s.Stage <= _started).OrderByDescending(s => s.Stage).ToArray())
                await subscription.Observer.OnStop(cancellationToken);
        }

        private sealed class Subscription(GrainLifecycle owner, int stage, ILifecycleObserver observer) : IDisposable
        {
            public int Stage => stage;

            public ILifecycleObserver Observer => observer;

            public void Dispose() => owner._subscriptions.Remove(this);
        }
    }
}
