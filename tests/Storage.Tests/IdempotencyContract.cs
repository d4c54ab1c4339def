using Actors.TestKit;

namespace Actors.Storage.Tests;

public abstract class IdempotencyContract : StorageContract
{
    [ContractFact]
    public async Task A_key_is_kept_answered_and_removed()
    {
        var key = new IdempotencyKey("k", [1, 2], [3], Now, IsAnswered: false);
        await Storage.Idempotency.PutAsync("a", key, None);
        await Storage.Idempotency.PutAsync("b", key with { Nonce = [9] }, None);
        Assert.Null(await Storage.Idempotency.FindAnswerAsync("a", "k", None));
        await Storage.Idempotency.AnswerAsync("a", "k", "yes"u8.ToArray(), None);

        var stored = Assert.Single(await Storage.Idempotency.ListAsync("a", Now, None));
        Assert.Equal(("k", Now, true), (stored.KeyHash, stored.StartedAt, stored.IsAnswered));
        Assert.Equal([1, 2], stored.Fingerprint);
        Assert.Equal([3], stored.Nonce);
        Assert.Equal("yes"u8.ToArray(), await Storage.Idempotency.FindAnswerAsync("a", "k", None));
        Assert.Empty(await Storage.Idempotency.ListAsync("a", Now.AddTicks(1), None));

        await Storage.Idempotency.PutAsync("a", key, None);
        Assert.False(Assert.Single(await Storage.Idempotency.ListAsync("a", Now, None)).IsAnswered);
        await Storage.Idempotency.RemoveAsync("a", "k", None);
        Assert.Empty(await Storage.Idempotency.ListAsync("a", Now, None));
        Assert.Single(await Storage.Idempotency.ListAsync("b", Now, None));
    }

    [ContractFact]
    public async Task Old_keys_are_swept_oldest_first_a_few_at_a_time()
    {
        for (var i = 0; i < 5; i++)
            await Storage.Idempotency.PutAsync("a", new IdempotencyKey($"k{i}", [1], [2], Now.AddHours(i), IsAnswered: false), None);

        Assert.Equal(2, await Storage.Idempotency.SweepAsync(Now.AddHours(3), 2, None));
        Assert.Equal(["k2", "k3", "k4"], (await Storage.Idempotency.ListAsync("a", Now, None)).Select(key => key.KeyHash).Order());
        Assert.Equal(1, await Storage.Idempotency.SweepAsync(Now.AddHours(3), 2, None));
        Assert.Equal(0, await Storage.Idempotency.SweepAsync(Now.AddHours(3), 2, None));
    }
}
