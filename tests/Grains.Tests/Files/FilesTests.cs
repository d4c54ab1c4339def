using System.Text;
using Actors.Domain;
using Actors.Domain.Files;
using Actors.Domain.Lists;
using Actors.Domain.Projects;
using Actors.Grains.Files;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Tests.Infrastructure;
using Actors.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Files;

public sealed class FilesTests : IAsyncLifetime
{
    private const string Ann = "acc_ann";
    private const string Bob = "acc_bob";

    private TestSilo _silo = null!;

    private IFilesGrain Files => _silo.Grains.GetGrain<IFilesGrain>("prj_1");

    private IBlobStore Blobs => _silo.Services.GetRequiredService<IBlobStore>();

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync();
        var project = _silo.Grains.GetGrain<IProjectGrain>("prj_1");
        Assert.IsType<ProjectReply.Done>(await project.Create(new NewProject(Ann, "Plans", null)).InTime());
        Assert.IsType<ProjectReply.Done>(await project.AddMember(new MemberChange(Ann, Bob, ProjectRole.Viewer)).InTime());
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task What_is_written_is_read_after_a_restart_with_its_versions()
    {
        var first = await WriteAsync("src/App.cs", "one");
        await WriteAsync("src/app.cs", "two");
        await _silo.RestartAsync();
        Assert.Equal("two", await ReadAsync("SRC/APP.CS"));
        Assert.Equal("one", await ReadAsync("src/App.cs", first.Version));
        Assert.Equal(("src/App.cs", "csharp", "text/plain"), (first.Path, first.Language, first.ContentType));
        Assert.Equal(new FilesUsage(1, 6), await Files.Usage().InTime());
    }

    [Fact]
    public async Task A_viewer_reads_and_a_stranger_finds_nothing()
    {
        await WriteAsync("a", "1");
        Assert.Equal(ErrorCodes.Forbidden, Assert.IsType<FileReply.Refused>(await Files.Write(new FileWriting(Bob, "a", "2"u8.ToArray())).InTime()).Error.Code);
        Assert.IsType<FileContentReply.Found>(await Files.Read(new FileReading(Bob, "a")).InTime());
        Assert.Equal(ErrorCodes.NotFound, Assert.IsType<FileContentReply.Refused>(await Files.Read(new FileReading("acc_eve", "a")).InTime()).Error.Code);
    }

    [Fact]
    public async Task A_folder_is_listed_without_what_lies_deeper_and_follows_every_change()
    {
        foreach (var path in new[] { "b.txt", "A/x", "A/deep/y", "c.txt" })
            await WriteAsync(path, path);

        Assert.Equal(["A/", "b.txt", "c.txt"], await ListAsync(""));
        Assert.Equal(["deep/", "x"], await ListAsync("a"));
        Assert.IsType<FilesReply.Done>(await Files.Operate(new FileOperation(Ann, FileOperationKind.Move, "A/deep", "D")).InTime());
        Assert.Equal(["A/", "b.txt", "c.txt", "D/"], await ListAsync(""));
        Assert.IsType<FilesReply.Done>(await Files.Operate(new FileOperation(Ann, FileOperationKind.Delete, "a", null)).InTime());
        Assert.Equal(["b.txt", "c.txt", "D/"], await ListAsync(""));
        await WriteAsync("A", "a file where a folder was");
        Assert.Equal(["A", "b.txt", "c.txt", "D/"], await ListAsync(""));
        var tree = Assert.IsType<FilePageReply.Page>(await Files.List(new FileTreeQuery(Ann, "", null, 2)).InTime());
        Assert.Equal(["A", "b.txt"], tree.Items.Select(file => file.Path));
        tree = Assert.IsType<FilePageReply.Page>(await Files.List(new FileTreeQuery(Ann, "", tree.NextCursor, 2)).InTime());
        Assert.Equal(["c.txt", "D/y"], tree.Items.Select(file => file.Path));
        Assert.Null(tree.NextCursor);
    }

    [Fact]
    public async Task A_content_is_stored_once_and_deleted_with_its_last_reference()
    {
        await WriteAsync("a", "same");
        await WriteAsync("b", "same");
        Assert.Single(await NamesAsync());
        await Files.Remove(new FileRemoval(Ann, "a")).InTime();
        Assert.Equal("same", await ReadAsync("b"));
        await Files.Remove(new FileRemoval(Ann, "b")).InTime();
        await Wait.UntilAsync(async () => (await NamesAsync()).Count == 0);
        await WriteAsync("a", "same");
        Assert.Equal("same", await ReadAsync("a"));
    }

    [Fact]
    public async Task A_sweep_deletes_old_leftovers_and_nothing_that_is_referred_to_or_new()
    {
        await WriteAsync("a", "kept");
        var upload = Assert.IsType<UploadReply.Stored>(await Files.Upload(new FileUpload(Ann, "waiting"u8.ToArray())).InTime()).Content;
        var old = Domain.Identity.Identifier.Create("fil_", DateTimeOffset.UtcNow.AddHours(-2), new byte[Domain.Identity.Identifier.RandomBytes]);
        await Blobs.PutAsync($"file/prj_1/{new string('0', 64)}/{old}", "t", "left"u8.ToArray(), default);

        await Files.Sweep().InTime();

        Assert.Equal(2, (await NamesAsync()).Count);
        Assert.Equal("kept", await ReadAsync("a"));
        Assert.IsType<FilesReply.Done>(await Files.WriteAll(new FileBatch(Ann, [new UploadedFile("b", upload, "text/plain", null)])).InTime());
        Assert.Equal("waiting", await ReadAsync("b"));
        var again = await Files.WriteAll(new FileBatch(Ann, [new UploadedFile("c", upload, "text/plain", null)])).InTime();
        Assert.Equal(ErrorCodes.UploadExpired, Assert.IsType<FilesReply.Refused>(again).Error.Code);
    }

    [Fact]
    public async Task A_write_that_is_not_stored_loses_nothing()
    {
        await WriteAsync("a", "one");
        _silo.Journal.Next.Enqueue(Fault.Lost);
        var refused = Assert.IsType<FileReply.Refused>(await Files.Write(new FileWriting(Ann, "a", "two"u8.ToArray())).InTime());
        Assert.True(refused.Error.Retryable);
        Assert.Equal("one", await ReadAsync("a"));
        await WriteAsync("a", "two");
        Assert.Equal("two", await ReadAsync("a"));
    }

    [Fact]
    public async Task Files_of_a_deleted_project_are_out_of_reach_and_swept()
    {
        await WriteAsync("a/b", "1");
        await _silo.Grains.GetGrain<IProjectGrain>("prj_1").Delete(new ProjectDeletion(Ann, null)).InTime();
        Assert.Equal(ErrorCodes.NotFound, Assert.IsType<FileContentReply.Refused>(await Files.Read(new FileReading(Ann, "a/b")).InTime()).Error.Code);
        await Files.Sweep().InTime();
        await Wait.UntilAsync(async () => (await NamesAsync()).Count == 0);
        Assert.Equal(0, await _silo.Catalog.CountAsync("file", null, default));
    }

    [Fact]
    public async Task Who_watches_is_sent_what_was_missed_and_what_happens()
    {
        await WriteAsync("a", "1");
        await WriteAsync("b", "2");
        await using var watch = Files.Watch(1, CancellationToken.None).GetAsyncEnumerator();
        Assert.Equal((2, "b"), await NextAsync());
        await Files.Operate(new FileOperation(Ann, FileOperationKind.Move, "b", "c")).InTime();
        Assert.Equal((3, "c"), await NextAsync());

        async Task<(long, string)> NextAsync()
        {
            var notice = (await watch.NextAsync())!;
            return (notice.Sequence, Assert.Single(notice.Changes).Path);
        }
    }

    private async Task<FileView> WriteAsync(string path, string content) =>
        Assert.IsType<FileReply.Done>(await Files.Write(new FileWriting(Ann, path, Encoding.UTF8.GetBytes(content))).InTime()).File;

    private async Task<string> ReadAsync(string path, long? version = null) =>
        Encoding.UTF8.GetString(Assert.IsType<FileContentReply.Found>(await Files.Read(new FileReading(Ann, path, version)).InTime()).Content.Span);

    private async Task<IEnumerable<string>> ListAsync(string folder)
    {
        var query = new FileFolderQuery("prj_1", folder, new ListRequest(10, Sort: ListSort.Name, Descending: false));
        var page = Assert.IsType<FilePageReply.Page>(await _silo.Grains.GetGrain<IFileDirectoryGrain>(0).List(query).InTime());
        return page.Items.Select(file => file.Name + (file.Kind == FileKind.Folder ? "/" : ""));
    }

    private Task<IReadOnlyList<string>> NamesAsync() => Blobs.ListAsync("file/", null, 100, CancellationToken.None);
}
