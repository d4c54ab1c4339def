using Orleans;
using Orleans.Runtime;

namespace Actors.Grains.Notifications;

/// <summary>
/// Tells people what a grain's journal says that they are still to be told: when it is asked to, and again every few
/// seconds as long as something is left, be it that an inbox could not take it or that a crash came between.
/// </summary>
/// <param name="grain">The grain whose rounds these are.</param>
/// <param name="isLeft">Whether something is to be told.</param>
/// <param name="tell">Tells it and journals that it is told; false when nothing could be.</param>
internal sealed class NoticeRounds(IGrainBase grain, Func<bool> isLeft, Func<Task<bool>> tell) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private IGrainTimer? _retry;
    private bool _telling;

    /// <summary>Begins what a former activation left untold.</summary>
    public void Start()
    {
        if (_retry is null && isLeft())
        {
            _retry = grain.RegisterGrainTimer(
                static (rounds, _) => rounds.TellAsync(),
                this,
                new GrainTimerCreationOptions(RetryAfter, RetryAfter) { Interleave = true, KeepAlive = true });
        }
    }

    /// <summary>One round; whoever comes during one finds what it adds told by that one.</summary>
    public async Task TellAsync()
    {
        if (_telling)
            return;

        _telling = true;
        try
        {
            while (isLeft() && await tell())
            {
                // There may be more by now.
            }
        }
        finally
        {
            _telling = false;
        }

        if (isLeft())
            Start();
        else
            Dispose();
    }

    public void Dispose()
    {
        _retry?.Dispose();
        _retry = null;
    }
}
