using Dapper;

namespace Actors.Storage;

internal sealed class IdempotencyStore(StorageExecutor storage) : IIdempotencyStore
{
    private const string ThisKey = "account = @account AND key_hash = @keyHash";

    public Task<IReadOnlyList<IdempotencyKey>> ListAsync(string account, DateTimeOffset since, CancellationToken ct) =>
        storage.ReadAsync<IReadOnlyList<IdempotencyKey>>(
            async (connection, token) =>
            {
                const string Sql = """
                    SELECT key_hash AS KeyHash, fingerprint, nonce, started_at AS StartedAt, CAST(answer IS NOT NULL AS integer) AS Answered
                    FROM idempotency WHERE account = @account AND started_at >= @since
                    """;
                var rows = await connection.QueryAsync<Row>(new CommandDefinition(Sql, new { account, since = since.UtcTicks }, cancellationToken: token));
                return [.. rows.Select(row => new IdempotencyKey(
                    row.KeyHash, row.Fingerprint, row.Nonce, new DateTimeOffset(row.StartedAt, TimeSpan.Zero), row.Answered != 0))];
            },
            ct);

    public Task PutAsync(string account, IdempotencyKey key, CancellationToken ct) => ExecuteAsync(
        """
        INSERT INTO idempotency (account, key_hash, fingerprint, nonce, started_at, answer) VALUES (@account, @KeyHash, @Fingerprint, @Nonce, @startedAt, NULL)
        ON CONFLICT (account, key_hash) DO UPDATE SET fingerprint = excluded.fingerprint, nonce = excluded.nonce, started_at = excluded.started_at, answer = NULL
        """,
        new { account, key.KeyHash, key.Fingerprint, key.Nonce, startedAt = key.StartedAt.UtcTicks },
        ct);

    public Task AnswerAsync(string account, string keyHash, ReadOnlyMemory<byte> answer, CancellationToken ct) =>
        ExecuteAsync($"UPDATE idempotency SET answer = @answer WHERE {ThisKey}", new { account, keyHash, answer = answer.ToArray() }, ct);

    public Task<byte[]?> FindAnswerAsync(string account, string keyHash, CancellationToken ct) =>
        storage.ReadAsync(
            (connection, token) => connection.ExecuteScalarAsync<byte[]?>(
                new CommandDefinition($"SELECT answer FROM idempotency WHERE {ThisKey}", new { account, keyHash }, cancellationToken: token)),
            ct);

    public Task RemoveAsync(string account, string keyHash, CancellationToken ct) =>
        ExecuteAsync($"DELETE FROM idempotency WHERE {ThisKey}", new { account, keyHash }, ct);

    public Task<int> SweepAsync(DateTimeOffset before, int maximum, CancellationToken ct) => ExecuteAsync(
        """
        DELETE FROM idempotency WHERE (account, key_hash) IN
            (SELECT account, key_hash FROM idempotency WHERE started_at < @before ORDER BY started_at LIMIT @maximum)
        """,
        new { before = before.UtcTicks, maximum },
        ct);

    private Task<int> ExecuteAsync(string sql, object parameters, CancellationToken ct) => storage.WriteAsync(
        (connection, token) => connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: token)),
        ct);

    private sealed class Row
    {
        public string KeyHash { get; init; } = "";

        public byte[] Fingerprint { get; init; } = [];

        public byte[] Nonce { get; init; } = [];

        public long StartedAt { get; init; }

        public long Answered { get; init; }
    }
}
