using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Frontend.Tests.OpenApi;
using Actors.TestKit.Server;

namespace Actors.Frontend.Tests.Roles;

/// <summary>Every list of the document pages, sorts and searches as it says.</summary>
[Collection(MatrixCollection.Name)]
public sealed partial class ListMatrixTests(RoleWorld world)
{
    private const int Items = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_list_is_walked_to_its_end_without_a_gap_or_a_repetition()
    {
        var wrong = new List<string>();
        foreach (var list in await ListsAsync())
        {
            var ask = await FilledAsync(list);
            List<string> expected = [];
            try
            {
                await Eventually.HoldsAsync(async () => (expected = Names(await ask("limit=100"))).Count >= Items, Patience, "the list is long enough");
            }
            catch (TimeoutException)
            {
                wrong.Add($"  {list} has {expected.Count} items: give it more in ListRows");
                continue;
            }

            var limit = Math.Max(1, expected.Count / Items);
            List<string> walked = [];
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await ask($"limit={limit}" + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : ""));
                var names = Names(page);
                if (names.Count > limit || names.Count == 0)
                    wrong.Add($"  {list} answered {names.Count} items to limit={limit}");

                walked.AddRange(names);
                cursor = walked.Count > 10_000 ? null : page.GetProperty("nextCursor").GetString();
            }

            if (walked.Distinct(StringComparer.Ordinal).Count() != walked.Count)
                wrong.Add($"  {list} repeats items");

            if (expected.Except(walked, StringComparer.Ordinal).Any())
                wrong.Add($"  {list} leaves out items: {string.Join(", ", expected.Except(walked, StringComparer.Ordinal))}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Every_list_takes_the_orders_and_the_search_that_it_names_and_refuses_others_by_name()
    {
        var wrong = new List<string>();
        foreach (var list in await ListsAsync())
        {
            var call = await Requests.MakeAsync(list, world.Shared, Actor.Owner);
            var path = await Requests.PathAsync(list, world.Shared, call);
            var isSearched = !Description(list, "search").Contains("cannot", StringComparison.Ordinal);
            foreach (var key in Keys().Matches(Description(list, "sort").Split(';')[0]).Select(match => match.Groups["key"].Value))
            {
                await ExpectAsync($"sort={key}", null);
                await ExpectAsync($"sort=-{key}", null);
            }

            await ExpectAsync("search=%25_!x", isSearched ? null : "search");
            await ExpectAsync("sort=nothing", "sort");
            await ExpectAsync("limit=0", "limit");
            await ExpectAsync("limit=101", "limit");
            await ExpectAsync("limit=many", "limit");
            await ExpectAsync("cursor=forged", "cursor");

            async Task ExpectAsync(string query, string? field)
            {
                using var response = await world.SendAsync("GET", path, call with { Query = Joined(call.Query, query) }, TokenFor(list));
                var text = await response.Content.ReadAsStringAsync();
                var isRight = field is null
                    ? response.IsSuccessStatusCode
                    : (int)response.StatusCode == 400 && JsonElement.Parse(text).TryGetProperty("errors", out var errors) && errors.TryGetProperty(field, out _);
                if (!isRight)
                    wrong.Add($"  {list}?{query} was answered {(int)response.StatusCode} {text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task<IReadOnlyList<OpenApiOperation>> ListsAsync() =>
    [
        .. (await world.DocumentAsync()).Operations.Where(operation => operation.Method == "GET" && operation.Parameters.Any(parameter => (string?)parameter["name"] == "sort")),
    ];

    /// <summary>Asks for a list that has several items.</summary>
    private async Task<Func<string, Task<JsonElement>>> FilledAsync(OpenApiOperation list)
    {
        var scene = new Scene(world, []);
        if (ListRows.Fill.TryGetValue(list.Id!, out var fill))
        {
            for (var number = 1; number <= Items; number++)
                await fill(scene, number);
        }

        var call = await Requests.MakeAsync(list, scene, Actor.Owner);
        var path = await Requests.PathAsync(list, scene, call);
        return query => world.ExpectAsync("GET", path + Joined(call.Query, query), null, TokenFor(list));
    }

    private string? TokenFor(OpenApiOperation list) => world.TokenOf(list.Role == "admin" ? Actor.Administrator : Actor.Owner);

    private static string Joined(string query, string more) => query.Length == 0 ? $"?{more}" : $"{query}&{more}";

    private static string Description(OpenApiOperation list, string name) =>
        (string)list.Parameters.Single(parameter => (string?)parameter["name"] == name)["description"]!;

    /// <summary>What tells the items apart: figures of live things change while one looks.</summary>
    private static List<string> Names(JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(item =>
        item.TryGetProperty("id", out var id) ? id.GetString()!
        : item.TryGetProperty("connections", out _) ? item.GetProperty("projectId").GetString()!
        : item.GetRawText())];

    [GeneratedRegex("`(?<key>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Keys();
}
