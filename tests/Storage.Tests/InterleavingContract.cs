using Actors.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Storage.Tests;

/// <summary>Two activations append to the same streams in random order, knowing or not knowing of each other.</summary>
public abstract class InterleavingContract : StorageContract
{
    private int _runs;

    /// <summary>How many random interleavings of two processes are tried; SQLite's waits for another process's lock are slow.</summary>
    protected abstract int RunsOfTwoProcesses { get; }

    [ContractFact]
    public void Two_activations_in_one_process_keep_every_stream_contiguous_and_every_batch_at_most_once() =>
        Check(Storage, Storage, runs: 60);

    [ContractFact]
    public async Task Two_processes_keep_every_stream_contiguous_and_every_batch_at_most_once() =>
        Check(Storage, await OpenAsync(), RunsOfTwoProcesses);

    private void Check(StorageInstance one, StorageInstance other, int runs)
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), steps => Run([one, other], steps));
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(60), property);
        Assert.True(_runs >= runs);
    }

    private void Run(StorageInstance[] processes, byte[] steps)
    {
        _runs++;
        // FsCheck runs synchronously; the work continues on the thread pool.
        Task.Run(() => RunAsync(processes, steps)).GetAwaiter().GetResult();
    }

    private async Task RunAsync(StorageInstance[] processes, byte[] steps)
    {
        var run = Guid.NewGuid().ToString("N");
        var sent = new List<(string Stream, Guid Batch, Task<AppendResult> Result)>();
        var believed = new Dictionary<(int Process, string Stream), long>();
        foreach (var step in steps)
        {
            var process = step & 1;
            var stream = $"{run}-{(step >> 1) & 1}";
            var head = believed.GetValueOrDefault((process, stream));
            switch ((step >> 2) & 7)
            {
                case 0:
                    await Task.WhenAll(sent.Select(append => append.Result));
                    believed[(process, stream)] = await processes[process].Journal.GetHeadAsync(stream, None);
                    break;
                case 1 when sent.Count > 0:
                    var again = sent[step % sent.Count];
                    sent.Add((again.Stream, again.Batch, processes[process].Journal.AppendAsync(Append(again.Stream, believed.GetValueOrDefault((process, again.Stream)) + 1, again.Batch))));
                    break;
                default:
                    var batch = Guid.NewGuid();
                    believed[(process, stream)] = head + 1;
                    sent.Add((stream, batch, processes[process].Journal.AppendAsync(Append(stream, head + 1, batch))));
                    break;
            }
        }

        await Task.WhenAll(sent.Select(append => append.Result));
        foreach (var stream in new[] { $"{run}-0", $"{run}-1" })
            await CheckAsync(stream, [.. sent.Where(append => append.Stream == stream).Select(append => (append.Batch, append.Result.Result))]);
    }

    private async Task CheckAsync(string stream, List<(Guid Batch, AppendResult Result)> sent)
    {
        var entries = await ReadAllAsync(Storage, stream);
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(revision => (long)revision), entries.Select(entry => entry.Revision));
        Assert.Equal(entries.Count, entries.Select(entry => entry.BatchId).Distinct().Count());
        Assert.DoesNotContain(sent, append => append.Result.Status is AppendStatus.Unavailable or AppendStatus.Overloaded);
        var committed = sent.Where(append => append.Result.Status == AppendStatus.Committed).Select(append => (append.Result.Revision, append.Batch)).Order();
        Assert.Equal(entries.Select(entry => (entry.Revision, entry.BatchId)).Order(), committed);
        foreach (var (batch, result) in sent.Where(append => append.Result.Status == AppendStatus.Duplicate))
            Assert.Equal(batch, entries[(int)result.Revision - 1].BatchId);
    }
}
