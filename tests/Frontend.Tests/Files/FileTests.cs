using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Actors.Frontend.Tests.Files;

[Collection(RunningServer.Collection)]
public sealed class FileTests(RunningServer server)
{
    [Fact]
    public async Task A_file_is_put_found_at_its_location_and_deleted()
    {
        var folder = await FileFolder.CreateAsync(server);
        using var created = await folder.PutAsync("Docs/caf%C3%A9 menu.md", "# Menu");
        var entry = await RunningServer.ReadAsync(created, 201);
        Assert.Equal(("Docs/café menu.md", "text/markdown", "markdown", 6), (
            entry.GetProperty("path").GetString(), entry.GetProperty("contentType").GetString(), entry.GetProperty("language").GetString(), entry.GetProperty("size").GetInt32()));
        using var read = await server.SendAsync("GET", created.Headers.Location!.ToString(), token: folder.Owner);
        Assert.Equal("# Menu", await read.Content.ReadAsStringAsync());
        Assert.Equal(created.Headers.ETag, read.Headers.ETag);
        using var spelled = await folder.GetAsync("files/docs/CAFE%CC%81 menu.md");
        Assert.Equal("# Menu", await spelled.Content.ReadAsStringAsync());
        using var head = await folder.SendAsync("HEAD", "files/docs/caf%C3%A9 menu.md");
        Assert.Equal((200, 6), ((int)head.StatusCode, (int)head.Content.Headers.ContentLength!));
        using var deleted = await folder.SendAsync("DELETE", "files/docs/caf%C3%A9 menu.md");
        await RunningServer.ReadAsync(deleted, 204);
        using var gone = await folder.GetAsync("files/docs/caf%C3%A9 menu.md");
        await RunningServer.RefusesAsync(gone, 404, "not_found");
    }

    [Fact]
    public async Task Conditions_are_kept()
    {
        var folder = await FileFolder.CreateAsync(server);
        using var created = await folder.PutAsync("a.txt", "one", null, ("If-None-Match", "*"));
        await RunningServer.ReadAsync(created, 201);
        var tag = created.Headers.ETag!.ToString();
        using var notNew = await folder.PutAsync("a.txt", "two", null, ("If-None-Match", "*"));
        await RunningServer.RefusesAsync(notNew, 412, "precondition_failed");
        using var same = await folder.PutAsync("a.txt", "one");
        await RunningServer.ReadAsync(same, 200);
        Assert.Equal(tag, same.Headers.ETag!.ToString());
        using var won = await folder.PutAsync("a.txt", "two", null, ("If-Match", tag));
        await RunningServer.ReadAsync(won, 200);
        using var lost = await folder.PutAsync("a.txt", "three", null, ("If-Match", tag));
        await RunningServer.RefusesAsync(lost, 412, "precondition_failed");
        using var unchanged = await folder.GetAsync("files/a.txt", ("If-None-Match", won.Headers.ETag!.ToString()));
        await RunningServer.ReadAsync(unchanged, 304);
    }

    [Fact]
    public async Task Ranges_are_served_and_one_outside_is_refused()
    {
        var folder = await FileFolder.CreateAsync(server);
        using var created = await folder.PutAsync("a.txt", "0123456789");
        using var part = await folder.GetAsync("files/a.txt", ("Range", "bytes=2-4"));
        Assert.Equal((206, "234"), ((int)part.StatusCode, await part.Content.ReadAsStringAsync()));
        using var outside = await folder.GetAsync("files/a.txt", ("Range", "bytes=20-"));
        await RunningServer.RefusesAsync(outside, 416, "range_not_satisfiable");
    }

    [Fact]
    public async Task What_a_browser_would_run_is_a_download_in_a_sandbox()
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var (name, type, disposition) in new[] { ("a.html", "text/html", "attachment"), ("a.svg", "image/svg+xml", "attachment"), ("a.png", "image/png", "inline") })
        {
            using var created = await folder.PutAsync(name, "<script>alert(1)</script>");
            using var read = await folder.GetAsync($"files/{name}");
            Assert.Equal((type, disposition), (read.Content.Headers.ContentType!.MediaType, read.Content.Headers.ContentDisposition!.DispositionType));
            Assert.Contains("sandbox", Assert.Single(read.Headers.GetValues("Content-Security-Policy")));
            Assert.Equal("nosniff", Assert.Single(read.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task A_file_may_be_as_large_as_the_limit_and_not_larger()
    {
        var folder = await FileFolder.CreateAsync(server);
        using var large = await folder.SendAsync("PUT", "files/a.bin", new byte[10 * 1024 * 1024]);
        await RunningServer.ReadAsync(large, 201);
        using var larger = await folder.SendAsync("PUT", "files/b.bin", new byte[(10 * 1024 * 1024) + 1]);
        var problem = await RunningServer.RefusesAsync(larger, 413, "file_too_large");
        Assert.Contains("10485760", problem.GetProperty("detail").GetString());
        using var json = await folder.SendAsync("POST", "files", Encoding.UTF8.GetBytes(
            $$"""{"path":"c.bin","encoding":"base64","content":"{{Convert.ToBase64String(new byte[(10 * 1024 * 1024) + 1])}}"}"""), "application/json");
        await RunningServer.RefusesAsync(json, 413, "file_too_large");
    }

    [Fact]
    public async Task A_file_is_written_from_json()
    {
        var folder = await FileFolder.CreateAsync(server);
        await PostAsync("files", """{"path":"src/app.ts","content":"let a = 1"}""", 201);
        await PostAsync("files", """{"path":"src/app.ts","content":"AAE=","encoding":"base64","contentType":"application/x-thing","language":"thing"}""", 200);
        using var read = await folder.GetAsync("files/src/app.ts");
        Assert.Equal([0, 1], await read.Content.ReadAsByteArrayAsync());
        foreach (var body in new[]
        {
            """{"path":"a"}""", """{"path":"a","content":"x","encoding":"utf-16"}""", """{"path":"a","content":"?","encoding":"base64"}""",
            """{"path":"a","content":"x","contentType":"nonsense"}""", """{"path":"a","content":"x","colour":"red"}""",
        })
        {
            using var refused = await server.SendAsync("POST", $"{folder.Project}/files", body, folder.Owner);
            await RunningServer.RefusesAsync(refused, 400, "validation_failed");
        }

        async Task PostAsync(string address, string body, int status)
        {
            using var response = await server.SendAsync("POST", $"{folder.Project}/{address}", body, folder.Owner);
            await RunningServer.ReadAsync(response, status);
        }
    }

    [Fact]
    public async Task A_folder_is_listed_page_by_page()
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var path in new[] { "b.txt", "a.txt", "Sub/x", "Sub/y" })
            (await folder.PutAsync(path, path)).Dispose();

        using var first = await folder.GetAsync("files?limit=2");
        var page = await RunningServer.ReadAsync(first, 200);
        Assert.Equal(["a.txt", "b.txt"], Paths(page));
        using var second = await folder.GetAsync($"files?limit=2&cursor={page.GetProperty("nextCursor").GetString()}");
        page = await RunningServer.ReadAsync(second, 200);
        Assert.Equal("folder", Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("kind").GetString());
        using var inside = await folder.GetAsync("files?folder=sub&sort=-name");
        Assert.Equal(["Sub/y", "Sub/x"], Paths(await RunningServer.ReadAsync(inside, 200)));
        using var found = await folder.GetAsync("files?recursive=true&search=X");
        Assert.Equal(["a.txt", "b.txt", "Sub/x"], Paths(await RunningServer.ReadAsync(found, 200)));
        using var newest = await folder.GetAsync("files?recursive=true&sort=-updatedAt");
        Assert.Equal(["Sub/y", "Sub/x", "a.txt", "b.txt"], Paths(await RunningServer.ReadAsync(newest, 200)));
    }

    [Fact]
    public async Task Versions_are_listed_read_and_restored()
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var content in new[] { "one", "two" })
            (await folder.PutAsync("a.txt", content)).Dispose();

        using var list = await folder.GetAsync("file-versions?path=a.txt");
        var versions = (await RunningServer.ReadAsync(list, 200)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("version").GetInt64()).ToArray();
        using var oldest = await folder.GetAsync("file-versions?path=a.txt&sort=version&limit=1");
        Assert.Equal(versions[1], (await RunningServer.ReadAsync(oldest, 200)).GetProperty("items")[0].GetProperty("version").GetInt64());
        using var old = await folder.GetAsync($"files/a.txt?version={versions[1]}");
        Assert.Equal("one", await old.Content.ReadAsStringAsync());
        using var restored = await server.SendAsync("POST", $"{folder.Project}/file-versions", $$"""{"path":"a.txt","version":{{versions[1]}}}""", folder.Owner);
        await RunningServer.ReadAsync(restored, 200);
        using var newest = await folder.GetAsync("files/a.txt");
        Assert.Equal("one", await newest.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_folder_moves_as_a_whole_or_not_at_all()
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var path in new[] { "a/x", "a/y/z", "b" })
            (await folder.PutAsync(path, path)).Dispose();

        using var taken = await server.SendAsync("POST", $"{folder.Project}/file-operations", """{"op":"move","from":"a","to":"b"}""", folder.Owner);
        await RunningServer.RefusesAsync(taken, 409, "file_exists");
        using var moved = await server.SendAsync("POST", $"{folder.Project}/file-operations", """{"op":"move","from":"a","to":"c/d"}""", folder.Owner);
        Assert.Equal(["c/d/x", "c/d/y/z"], Paths(await RunningServer.ReadAsync(moved, 200)));
        using var conflict = await folder.PutAsync("b/x", "x");
        await RunningServer.RefusesAsync(conflict, 409, "path_conflict");
    }

    [Fact]
    public async Task A_folder_goes_out_as_an_archive_and_comes_back_the_same()
    {
        var folder = await FileFolder.CreateAsync(server);
        foreach (var path in new[] { "a/x.txt", "a/y/z.txt", "b.txt" })
            (await folder.PutAsync(path, path)).Dispose();

        using var download = await folder.GetAsync("files.zip?folder=a");
        var zip = await download.Content.ReadAsByteArrayAsync();
        Assert.Equal(["x.txt", "y/z.txt"], new ZipArchive(new MemoryStream(zip)).Entries.Select(entry => entry.FullName));
        using var again = await folder.GetAsync("files.zip?folder=a");
        Assert.Equal(zip, await again.Content.ReadAsByteArrayAsync());
        using var upload = await folder.SendAsync("POST", "files.zip?folder=copy", zip, "application/zip");
        Assert.Equal(2, (await RunningServer.ReadAsync(upload, 200)).GetProperty("files").GetInt32());
        using var read = await folder.GetAsync("files/copy/y/z.txt");
        Assert.Equal("a/y/z.txt", await read.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_hostile_archive_is_refused_and_leaves_nothing()
    {
        var folder = await FileFolder.CreateAsync(server);
        const int symbolicLink = unchecked((int)0xA1FF0000);
        foreach (var (archive, status, code) in new[]
        {
            (Zip(("good.txt", "x", 0), ("../evil.txt", "x", 0)), 400, "path_traversal"),
            (Zip(("good.txt", "x", 0), ("a\\evil.txt", "x", 0)), 400, "path_backslash"),
            (Zip(("good.txt", "x", 0), ("link", "/etc/passwd", symbolicLink)), 422, "archive_unsafe"),
            (Zip(("good.txt", "x", 0), ("Good.TXT", "y", 0)), 409, "path_conflict"),
            (Zip(("good.txt", "x", 0), ("good.txt/y", "y", 0)), 409, "path_conflict"),
            (Zip(("bomb", new string('0', 9_000_000), 0)), 422, "archive_unsafe"),
            (Zip(("big", new string('0', 11_000_000), 0)), 422, "archive_unsafe"),
            ("no archive"u8.ToArray(), 422, "archive_invalid"),
        })
        {
            using var refused = await folder.SendAsync("POST", "files.zip", archive, "application/zip");
            await RunningServer.RefusesAsync(refused, status, code);
        }

        using var list = await folder.GetAsync("files?recursive=true");
        Assert.Empty(Paths(await RunningServer.ReadAsync(list, 200)));
    }

    [Fact]
    public async Task A_viewer_reads_an_editor_writes_and_a_stranger_finds_nothing()
    {
        var folder = await FileFolder.CreateAsync(server);
        (await folder.PutAsync("a.txt", "x")).Dispose();
        var viewer = folder with { Owner = await folder.MemberAsync("viewer") };
        var editor = folder with { Owner = await folder.MemberAsync("editor") };
        var stranger = folder with { Owner = (await FileFolder.CreateAsync(server)).Owner };
        foreach (var (method, path, body) in new[]
        {
            ("GET", "files", null), ("GET", "files/a.txt", null), ("GET", "file-versions?path=a.txt", null), ("GET", "files.zip", null),
            ("PUT", "files/a.txt", "y"), ("POST", "files", """{"path":"b","content":"x"}"""), ("POST", "file-operations", """{"op":"copy","from":"a.txt","to":"c"}"""),
            ("POST", "file-versions", """{"path":"a.txt","version":1}"""), ("POST", "files.zip", null), ("DELETE", "files/a.txt", null),
        })
        {
            var content = path == "files.zip" && method == "POST" ? Zip(("z", "z", 0)) : body is null ? null : Encoding.UTF8.GetBytes(body);
            var type = method == "POST" && path != "files.zip" ? "application/json" : null;
            using var unknown = await stranger.SendAsync(method, path, content, type);
            await RunningServer.RefusesAsync(unknown, 404, "not_found");
            using var seen = await viewer.SendAsync(method, path, content, type);
            if (method == "GET")
                Assert.Equal(200, (int)seen.StatusCode);
            else
                await RunningServer.RefusesAsync(seen, 403, "forbidden");

            using var done = await editor.SendAsync(method, path, content, type);
            Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
        }
    }

    private static IEnumerable<string?> Paths(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("path").GetString());

    private static byte[] Zip(params (string Name, string Content, int Attributes)[] files)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content, attributes) in files)
            {
                var entry = archive.CreateEntry(name);
                entry.ExternalAttributes = attributes;
                using var writer = new StreamWriter(entry.Open());
                writer.Write(content);
            }
        }

        return stream.ToArray();
    }
}
