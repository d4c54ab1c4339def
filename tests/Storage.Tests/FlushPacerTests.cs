namespace Actors.Storage.Tests;

public sealed class FlushPacerTests
{
    private readonly FlushPacer _pacer = new(new JournalOptions());

    [Fact]
    public void The_first_append_goes_at_once() => Assert.Equal(0, _pacer.Wait(5));

    [Fact]
    public void A_quiet_journal_never_waits()
    {
        for (var n = 0; n < 100; n++)
        {
            _pacer.FlushStarted(n * 0.02, appends: 1);
            Assert.True(_pacer.Wait((n * 0.02) + 0.001) <= 0);
        }
    }

    [Fact]
    public void A_busy_journal_starts_a_flush_every_longest_delay()
    {
        Warm(appendsPerSecond: 1000);
        Assert.Equal(0.016, _pacer.Wait(2), 6);
        Assert.Equal(0.006, _pacer.Wait(2.010), 6);
        Assert.Equal(0, _pacer.Wait(2.016));
    }

    [Fact]
    public void Between_quiet_and_busy_the_interval_grows_with_the_rate()
    {
        Warm(appendsPerSecond: 150);
        Assert.InRange(_pacer.Wait(2), 0.007, 0.009);
    }

    [Fact]
    public void After_a_quiet_time_a_busy_journal_answers_at_once_again()
    {
        Warm(appendsPerSecond: 1000);
        Assert.Equal(0, _pacer.Wait(2.5));
        _pacer.FlushStarted(4, appends: 1);
        Assert.True(_pacer.Wait(4.001) <= 0);
    }

    [Fact]
    public void A_caller_that_waits_for_each_append_never_waits_for_the_pacer()
    {
        for (var n = 1; n <= 2_000; n++)
            _pacer.FlushStarted(n * 0.001, appends: 1);
        Assert.True(_pacer.Wait(2.0001) <= 0);
    }

    private void Warm(int appendsPerSecond)
    {
        for (var n = 1; n <= 100; n++)
            _pacer.FlushStarted(n * 0.02, appendsPerSecond / 50);
    }
}
