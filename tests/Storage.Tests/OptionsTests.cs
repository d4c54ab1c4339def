using Microsoft.Extensions.Options;

namespace Actors.Storage.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void A_wrong_option_is_named_with_its_value_and_rule()
    {
        var storage = new StorageOptionsValidator().Validate(null, new StorageOptions { Provider = StorageProvider.PostgreSQL, MaximumReaders = 0 });
        Assert.Equal(
            ["Storage:ConnectionString is (empty); it must be set when Provider is PostgreSQL.", "Storage:MaximumReaders is 0; it must be from 1 to 256."],
            storage.Failures!);
        var journal = new JournalOptionsValidator().Validate(null, new JournalOptions { MaximumFlushDelay = TimeSpan.FromSeconds(2), BusyRate = 50 });
        Assert.Equal(
            ["Journal:MaximumFlushDelay is 00:00:02; it must be from 00:00:00 to 00:00:01.", "Journal:BusyRate is 50; it must be greater than QuietRate (50)."],
            journal.Failures!);
    }

    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.Equal(ValidateOptionsResult.Success, new StorageOptionsValidator().Validate(null, new StorageOptions()));
        Assert.Equal(ValidateOptionsResult.Success, new JournalOptionsValidator().Validate(null, new JournalOptions()));
    }

    [Fact]
    public void Storage_refuses_to_be_made_from_wrong_options() =>
        Assert.Throws<OptionsValidationException>(() => StorageInstance.Create(("Storage:MaximumReaders", "0")).Startup);
}
