using System.Collections.Immutable;
using Actors.Domain.Files;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Domain.Tests.Files;

public sealed class FilesStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly FileLimits Limits = FileLimits.Default with { Files = 6, ProjectBytes = 60, FileBytes = 20, Versions = 2 };

    private FilesState _state = FilesState.Empty;
    private int _puts;

    [Fact]
    public void A_file_is_one_whatever_case_it_is_written_in_and_keeps_its_name()
    {
        Does(Write("Docs/README.md", "1"));
        Does(Write("docs/readme.MD", "2"));
        Does(Write("DOCS/other", "3"));
        Assert.Equal(["Docs/other", "Docs/README.md"], _state.Keys.Select(key => _state.Files[key].Path));
        Assert.Equal([1, 2], _state.Files[Path("docs/readme.md").Key].Versions.Select(version => version.Version));
        Assert.Equal(2, Assert.Single(_state.Folders).Value.Files);
    }

    [Fact]
    public void A_file_and_a_folder_are_never_in_one_place()
    {
        Does(Write("a/b", "1"));
        Assert.Equal(ErrorCodes.PathConflict, Refused(Write("A", "2")));
        Assert.Equal(ErrorCodes.PathConflict, Refused(Write("a/B/c", "2")));
        Assert.Equal(ErrorCodes.PathConflict, Refused(Write(("x", "1"), ("X/y", "2"))));
        Assert.Equal(ErrorCodes.PathConflict, Refused(Write(("x", "1"), ("X", "2"))));
    }

    [Fact]
    public void Only_kept_versions_are_kept_and_what_is_let_go_of_is_released_once()
    {
        Does(Write("a", "1"));
        var first = _state.Contents["1"].Put;
        Does(Write("a", "2"));
        Assert.Empty(_state.Released);
        Does(Write("a", "3"));
        Assert.Equal(first, Assert.Single(_state.Released).Put);
        Does(new FilesCommand.Restore(Now, "u", Path("a"), 2));
        Assert.Equal(["3", "2"], _state.Files["A"].Versions.Select(version => version.Sha256));
        Assert.Empty(_state.Released);
        Does(new FilesCommand.Remove(Now, "u", Path("a")));
        Assert.Equal(["2", "3"], _state.Released.Select(content => content.Sha256).Order());
    }

    [Fact]
    public void A_content_that_one_file_drops_and_another_takes_in_one_event_is_not_released()
    {
        Does(Write("a", "x"));
        Does(Write("a", "y"));
        Does(Write(("a", "z"), ("b", "x")));
        Assert.Empty(_state.Released);
        Assert.Equal(1, _state.Contents["x"].References);
    }

    [Fact]
    public void What_moves_takes_its_versions_and_gets_a_new_number()
    {
        Does(Write("a/one", "1"));
        Does(Write("a/one", "2"));
        Does(new FilesCommand.Move(Now, "u", Path("a"), Path("A")));
        Assert.Equal("A/one", Assert.Single(_state.Files).Value.Path);
        Does(new FilesCommand.Move(Now, "u", Path("A"), Path("b/c")));
        Assert.Equal([1, 4], _state.Files[Path("b/c/one").Key].Versions.Select(version => version.Version));
        Does(Write("d", "3"));
        Assert.Equal(ErrorCodes.FileExists, Refused(new FilesCommand.Move(Now, "u", Path("d"), Path("b"))));
        Assert.Equal(ErrorCodes.PathConflict, Refused(new FilesCommand.Move(Now, "u", Path("b"), Path("b/c/d"))));
        Assert.Equal(ErrorCodes.PathConflict, Refused(new FilesCommand.Copy(Now, "u", Path("b"), Path("d/e"))));
    }

    [Fact]
    public void Conditions_and_limits_refuse()
    {
        Does(Write("a", "1"));
        Assert.Equal(ErrorCodes.PreconditionFailed, Refused(Write("a", "2") with { MustBeNew = true }));
        Assert.Equal(ErrorCodes.PreconditionFailed, Refused(Write("a", "2") with { ExpectedVersion = 7 }));
        Assert.Equal(ErrorCodes.PreconditionFailed, Refused(Write("b", "2") with { ExpectedVersion = 1 }));
        Assert.Equal(ErrorCodes.FileTooLarge, Refused(Write("b", new string('x', 21))));
        Assert.Equal(ErrorCodes.LimitReached, Refused(Write([.. Enumerable.Range(0, 6).Select(n => ($"f{n}", $"{n}"))])));
        Assert.Equal(ErrorCodes.LimitReached, Refused(Write([.. Enumerable.Range(0, 3).Select(n => ($"f{n}", new string((char)('a' + n), 20)))])));
        Assert.Null(_state.Decide(Write("a", "1"), Limits).Event);
    }

    [Fact]
    public void Whatever_happens_counts_agree_and_a_snapshot_and_a_replay_give_the_same_state() => Prop.ForAll(Scripts(), script =>
    {
        var state = FilesState.Empty;
        var journal = new List<FilesEvent>();
        var released = new HashSet<string>();
        foreach (var make in script)
        {
            var decision = state.Decide(make(state), Limits);
            if (decision.Event is null)
            {
                continue;
            }

            journal.Add(decision.Event);
            state = decision.Next!;
            Check(state);
            Assert.All(state.Released, content => Assert.True(released.Add(content.Put)));
            Assert.DoesNotContain(state.Contents.Values, content => released.Contains(content.Put));
        }

        Same(state, journal.Aggregate(FilesState.Empty, (replayed, happened) => replayed.Apply(happened)));
        Same(state, FilesSnapshot.Of(state).ToState());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Arbitrary<List<Func<FilesState, FilesCommand>>> Scripts()
    {
        var path = Gen.Elements("a", "A", "a/b", "a/c", "A/B/d", "e/f", "E/g", "h").Select(Path);
        var put = 0;
        var write = path.SelectMany(at => Gen.Elements("1", "2", "3", "444444444444444").Select<string, Func<FilesState, FilesCommand>>(
            content => _ => new FilesCommand.Write(Now, "u", [new FileWrite(at, new StoredContent(content, $"p{++put}", content.Length), "t", null)])));
        var remove = path.Select<FilePath, Func<FilesState, FilesCommand>>(at => _ => new FilesCommand.Remove(Now, "u", at, Folders: true));
        var relocate = path.SelectMany(from => path.SelectMany(to => Gen.Elements<Func<FilesState, FilesCommand>>(
            _ => new FilesCommand.Move(Now, "u", from, to), _ => new FilesCommand.Copy(Now, "u", from, to))));
        var restore = path.Select<FilePath, Func<FilesState, FilesCommand>>(
            at => state => new FilesCommand.Restore(Now, "u", at, state.Files.GetValueOrDefault(at.Key)?.Versions[0].Version ?? 1));
        return Gen.OneOf(write, write, remove, relocate, restore).ListOf().Select(script => script.ToList()).ToArbitrary();
    }

    private static void Check(FilesState state)
    {
        Assert.Equal(state.Files.Keys.Order(StringComparer.Ordinal), state.Keys.ToArray());
        Assert.DoesNotContain(state.Files.Keys, state.Folders.ContainsKey);
        Assert.All(state.Folders, folder => Assert.Equal(state.Within(folder.Key).Count(), folder.Value.Files));
        Assert.Equal(state.Files.SelectMany(file => FolderPaths.Of(file.Key, file.Value.Path)).Select(folder => folder.Key).Distinct().Count(), state.Folders.Count);
        Assert.All(state.Files, file => Assert.All(FolderPaths.Of(file.Key, file.Value.Path), folder => Assert.Equal(state.Folders[folder.Key].Path, folder.Path)));
        Assert.Equal(
            state.Files.Values.SelectMany(file => file.Versions).CountBy(version => version.Sha256).OrderBy(count => count.Key),
            state.Contents.Select(content => KeyValuePair.Create(content.Key, content.Value.References)).OrderBy(count => count.Key));
        Assert.Equal(state.Contents.Values.Sum(content => content.Size), state.Bytes);
        Assert.All(state.Files.Values, file => Assert.InRange(file.Versions.Length, 1, Limits.Versions));
    }

    private static void Same(FilesState expected, FilesState actual)
    {
        Check(actual);
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(FilesSnapshot.Of(expected)), System.Text.Json.JsonSerializer.Serialize(FilesSnapshot.Of(actual)));
    }

    private static FilePath Path(string text)
    {
        Assert.True(FilePath.TryParse(text, Limits, out var path, out _));
        return path;
    }

    private FilesCommand.Write Write(string path, string content) => Write((path, content));

    private FilesCommand.Write Write(params (string Path, string Content)[] files) => new(
        Now,
        "u",
        [.. files.Select(file => new FileWrite(Path(file.Path), new StoredContent(file.Content, $"put{++_puts}", file.Content.Length), "text/plain", null))]);

    private void Does(FilesCommand command)
    {
        var decision = _state.Decide(command, Limits);
        Assert.True(decision.Next is not null, decision.Refusal?.Detail);
        _state = decision.Next!;
        Check(_state);
    }

    private string Refused(FilesCommand command) => _state.Decide(command, Limits).Refusal!.Code;
}
