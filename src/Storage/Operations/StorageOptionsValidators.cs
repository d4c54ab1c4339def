using Microsoft.Extensions.Options;

namespace Actors.Storage;

internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var rules = new OptionRules(StorageOptions.Section);
        rules.Require(Enum.IsDefined(options.Provider), nameof(options.Provider), options.Provider, "must be SQLite or PostgreSQL");
        if (options.Provider == StorageProvider.PostgreSQL)
            rules.Require(options.ConnectionString.Length > 0, nameof(options.ConnectionString), "(empty)", "must be set when Provider is PostgreSQL");
        else
            rules.Require(!string.IsNullOrWhiteSpace(options.DataFolder), nameof(options.DataFolder), "(empty)", "must name a folder when Provider is SQLite");
        rules.Between(nameof(options.MaximumReaders), options.MaximumReaders, 1, 256);
        rules.Between(nameof(options.CommandTimeout), options.CommandTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        rules.Between(nameof(options.LockTimeout), options.LockTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        rules.Between(nameof(options.StartTimeout), options.StartTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        rules.Between(nameof(options.CheckpointPages), options.CheckpointPages, 100, 1_000_000);
        return rules.Result();
    }
}

internal sealed class JournalOptionsValidator : IValidateOptions<JournalOptions>
{
    public ValidateOptionsResult Validate(string? name, JournalOptions options)
    {
        var rules = new OptionRules(JournalOptions.Section);
        rules.Between(nameof(options.MaximumFlushDelay), options.MaximumFlushDelay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        rules.Between(nameof(options.QuietRate), options.QuietRate, 0, 1e9);
        rules.Require(options.BusyRate > options.QuietRate, nameof(options.BusyRate), options.BusyRate, $"must be greater than QuietRate ({options.QuietRate})");
        rules.Between(nameof(options.RateWindow), options.RateWindow, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        rules.Between(nameof(options.MaximumPendingAppends), options.MaximumPendingAppends, 1, 10_000_000);
        rules.Between(nameof(options.MaximumGroupSize), options.MaximumGroupSize, 1, 100_000);
        rules.Between(nameof(options.InitialRetryDelay), options.InitialRetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
        rules.Between(nameof(options.MaximumRetryDelay), options.MaximumRetryDelay, options.InitialRetryDelay, TimeSpan.FromMinutes(10));
        rules.Between(nameof(options.ReadPageSize), options.ReadPageSize, 1, 100_000);
        return rules.Result();
    }
}

/// <summary>Gathers every broken rule of a section, so that all are seen at once.</summary>
internal sealed class OptionRules(string section)
{
    private readonly List<string> _failures = [];

    public void Between<T>(string option, T value, T minimum, T maximum)
        where T : IComparable<T> =>
        Require(value.CompareTo(minimum) >= 0 && value.CompareTo(maximum) <= 0, option, value, $"must be from {minimum} to {maximum}");

    public void Require(bool kept, string option, object value, string rule)
    {
        if (!kept)
            _failures.Add($"{section}:{option} is {value}; it {rule}.");
    }

    public ValidateOptionsResult Result() => _failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_failures);
}
