using Actors.Domain.UiComponents;

namespace Actors.Domain.Tests.UiComponents;

public sealed class UiComponentsStateTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_component_is_made_written_anew_and_removed()
    {
        var made = Happens(UiComponentsState.None, Create("custom.tag"));
        Assert.Equal(1, made.Components["custom.tag"].Version);

        var written = Happens(made, new UiComponentsCommand.Replace(At.AddDays(1), "bob", "custom.tag", UiComponentSamples.Definition() with { Title = "Label" }, 1));
        var tag = written.Components["custom.tag"];
        Assert.Equal((2, "Label", "ada", "bob", At, At.AddDays(1)), (tag.Version, tag.Definition.Title, tag.CreatedBy, tag.UpdatedBy, tag.CreatedAt, tag.UpdatedAt));

        Assert.Empty(Happens(written, new UiComponentsCommand.Remove(At, "bob", "custom.tag", 2)).Components);
    }

    [Fact]
    public void An_id_is_taken_once()
    {
        var made = Happens(UiComponentsState.None, Create("custom.tag"));
        Refuses(made, Create("custom.tag"), ErrorCodes.ComponentExists, "custom.tag");
    }

    [Fact]
    public void What_is_not_there_is_neither_written_nor_removed()
    {
        Refuses(UiComponentsState.None, new UiComponentsCommand.Replace(At, "ada", "custom.tag", UiComponentSamples.Definition(), null), ErrorCodes.NotFound, "custom.tag");
        Refuses(UiComponentsState.None, new UiComponentsCommand.Remove(At, "ada", "custom.tag", null), ErrorCodes.NotFound, "custom.tag");
    }

    [Fact]
    public void A_writer_who_has_seen_another_version_is_refused()
    {
        var made = Happens(UiComponentsState.None, Create("custom.tag"));
        Refuses(made, new UiComponentsCommand.Replace(At, "ada", "custom.tag", UiComponentSamples.Definition(), 2), ErrorCodes.PreconditionFailed, "changed");
        Refuses(made, new UiComponentsCommand.Remove(At, "ada", "custom.tag", 2), ErrorCodes.PreconditionFailed, "changed");
    }

    [Fact]
    public void A_project_has_no_more_components_than_the_limit()
    {
        var state = UiComponentsState.None;
        for (var i = 0; i < UiComponentsState.Maximum; i++)
            state = state.Apply(new UiComponentsEvent.Written(At, "ada", $"custom.tag-{i}", UiComponentSamples.Definition()));

        Refuses(state, Create("custom.more"), ErrorCodes.LimitReached, "100");
        Happens(state, new UiComponentsCommand.Replace(At, "ada", "custom.tag-0", UiComponentSamples.Definition(), null));
    }

    [Theory]
    [InlineData("tag")]
    [InlineData("ui.tag")]
    [InlineData("custom.")]
    [InlineData("custom.Tag")]
    [InlineData("custom.a--b")]
    [InlineData("custom.-a")]
    [InlineData("custom.a b")]
    [InlineData("custom.ä")]
    [InlineData("custom.a.b")]
    [InlineData("custom.abcdefghijklmnopqrstuvwxyz-abcdefghijklmnopqrstuvwxyz-abcdefgh")]
    public void An_id_is_words_of_lower_case_letters_and_digits(string id) => Refuses(UiComponentsState.None, Create(id), ErrorCodes.ValidationFailed, "id:");

    [Fact]
    public void An_id_follows_from_the_title()
    {
        Assert.Equal("custom.price-tag-2", UiComponentId.Of("Price tag (2)"));
        Assert.NotNull(UiComponentId.Check(UiComponentId.Of("…")));
    }

    private static UiComponentsCommand.Create Create(string id) => new(At, "ada", id, UiComponentSamples.Definition());

    private static UiComponentsState Happens(UiComponentsState state, UiComponentsCommand command)
    {
        var decision = state.Decide(command);
        Assert.Null(decision.Refusal);
        Assert.Equal(decision.Next!.Components.Keys, state.Apply(decision.Event!).Components.Keys);
        return decision.Next;
    }

    private static void Refuses(UiComponentsState state, UiComponentsCommand command, string code, string detail)
    {
        var refusal = state.Decide(command).Refusal;
        Assert.Equal(code, refusal?.Code);
        Assert.Contains(detail, refusal!.Detail, StringComparison.Ordinal);
    }
}
