using System.Collections.Immutable;

namespace Actors.Storage;

/// <summary>Looks at and changes the schema of the database. Applying is explicit on PostgreSQL and part of the start on SQLite.</summary>
public interface IStorageMigrator
{
    /// <summary>Where the database stands, changing nothing.</summary>
    Task<MigrationStatus> GetStatusAsync(CancellationToken ct = default);

    /// <summary>Applies what is pending, each migration in a transaction of its own. SQLite is backed up first when it holds data.</summary>
    /// <exception cref="StorageSchemaException">The schema is newer than this program, or not what it applied.</exception>
    Task<MigrationStatus> ApplyAsync(CancellationToken ct = default);

    /// <summary>Returns when the schema is exactly the one this program knows.</summary>
    /// <exception cref="StorageSchemaException">Migrations are pending, unknown or changed after they were applied.</exception>
    Task VerifyAsync(CancellationToken ct = default);
}

/// <summary>Where a database stands.</summary>
/// <param name="Current">Version of the database, 0 when it is empty.</param>
/// <param name="Latest">Newest version that this program knows.</param>
/// <param name="Pending">Names of the migrations to apply, in order.</param>
/// <param name="Problem">Why the database must be refused, or null.</param>
public sealed record MigrationStatus(int Current, int Latest, ImmutableArray<string> Pending, string? Problem);

/// <summary>The schema of the database is not one that this program can work with; the message says what to do.</summary>
public sealed class StorageSchemaException : Exception
{
    public StorageSchemaException()
    {
    }

    public StorageSchemaException(string message)
        : base(message)
    {
    }

    public StorageSchemaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
