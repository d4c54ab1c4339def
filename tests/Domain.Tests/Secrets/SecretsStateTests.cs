using Actors.Domain.Secrets;

namespace Actors.Domain.Tests.Secrets;

public sealed class SecretsStateTests
{
    private static readonly DateTimeOffset At = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Setting_again_raises_the_version_and_keeps_the_time_of_creation()
    {
        var once = SecretsState.None.Decide(new SecretsCommand.Set(At, "usr_1", "key", "a", [])).Next!;
        var twice = once.Decide(new SecretsCommand.Set(At.AddDays(1), "usr_2", "key", "b", [])).Next!;
        Assert.Equal(new Secret("key", "b", 2, At, At.AddDays(1), "usr_2"), twice.Secrets["key"]);
    }

    [Fact]
    public void What_was_sealed_anew_replaces_only_the_version_that_it_was_made_of()
    {
        var state = SecretsState.None;
        foreach (var name in new[] { "same", "changed", "changed" })
            state = state.Decide(new SecretsCommand.Set(At, "usr_1", name, $"old {name}", [])).Next!;

        ResealedSecret[] resealed = [new("same", 1, "new same"), new("changed", 1, "new changed"), new("gone", 1, "new gone"), new("set", 1, "x")];
        var decided = state.Decide(new SecretsCommand.Set(At, "usr_1", "set", "sealed", [.. resealed]));

        Assert.Equal(decided.Next!.Secrets, state.Apply(decided.Event!).Secrets);
        Assert.Equal(("new same", "old changed", "sealed"), (decided.Next.Secrets["same"].Sealed, decided.Next.Secrets["changed"].Sealed, decided.Next.Secrets["set"].Sealed));
        Assert.Equal(1, decided.Next.Secrets["same"].Version);
        Assert.Equal(3, decided.Next.Secrets.Count);
    }

    [Fact]
    public void Removing_what_is_not_there_is_refused() =>
        Assert.Equal(ErrorCodes.NotFound, SecretsState.None.Decide(new SecretsCommand.Remove(At, "usr_1", "key")).Refusal?.Code);

    [Fact]
    public void A_project_has_a_limited_number_of_secrets()
    {
        var state = SecretsState.None;
        for (var i = 0; i < SecretsState.Maximum; i++)
            state = state.Decide(new SecretsCommand.Set(At, "usr_1", $"key{i}", "a", [])).Next!;

        Assert.Equal(ErrorCodes.LimitReached, state.Decide(new SecretsCommand.Set(At, "usr_1", "more", "a", [])).Refusal?.Code);
        Assert.NotNull(state.Decide(new SecretsCommand.Set(At, "usr_1", "key1", "b", [])).Event);
    }

    [Theory]
    [InlineData("key", true)]
    [InlineData("_KEY.of-service_2", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("2key", false)]
    [InlineData("a key", false)]
    [InlineData("clé", false)]
    [InlineData("a/b", false)]
    public void Names_keep_to_what_can_be_written_everywhere(string? name, bool valid) => Assert.Equal(valid, SecretsState.CheckName(name) is null);
}
