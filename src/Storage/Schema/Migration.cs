using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage;

/// <summary>One numbered change of the schema.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>Of the text with line ends made equal, so that a checkout's line ends do not matter.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations that this assembly carries for a dialect, in order, numbered from 1 without gaps.</summary>
    public static ImmutableArray<Migration> Embedded(StorageProvider provider)
    {
        var assembly = typeof(Migration).Assembly;
        var folder = provider == StorageProvider.SQLite ? ".Migrations.Sqlite." : ".Migrations.PostgreSql.";
        var found = assembly.GetManifestResourceNames()
            .Where(name => name.Contains(folder, StringComparison.Ordinal))
            .Select(name => Read(name, name[(name.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..^".sql".Length]))
            .OrderBy(migration => migration.Version)
            .ToImmutableArray();
        return found.Select((migration, index) => migration.Version == index + 1).All(inPlace => inPlace)
            ? found
            : throw new InvalidOperationException($"The embedded migrations of {provider} are not numbered 1, 2, 3 …");

        Migration Read(string resource, string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
