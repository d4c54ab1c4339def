using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>Makes a request of an operation that is right as far as the document and the prepared project allow.</summary>
internal sealed partial class RequestMaker(FuzzWorld world)
{
    private const double QueryShare = 0.3;
    private const double HeaderShare = 0.15;
    private const double ExampleShare = 0.5;

    /// <summary>What would take away what later requests are about is done to something that nobody needs.</summary>
    private static readonly HashSet<string> DestroysResource = new(StringComparer.Ordinal)
    {
        "DeleteProject", "DeleteDesign", "TransferProject", "LeaveProject", "RemoveMember", "ChangeMember", "ChangeAccount", "EndAccountSessions", "PermitPasswordReset",
    };

    private static readonly HashSet<string> DestroysSession = new(StringComparer.Ordinal)
    {
        "LogOut", "ChangePassword", "EndOtherSessions", "EndSession", "RevokeToken",
    };

    public FuzzRequest Make(ApiOperation operation, Random random)
    {
        var request = new FuzzRequest { Method = operation.Method, Operation = operation, Target = Path(operation, random) + Query(operation, random) };
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "header" && random.NextDouble() < HeaderShare))
            request.Set(parameter.Name, HeaderValue(parameter.Name, random));

        if (Token(operation, random) is { } token)
            request.Set("Authorization", "Bearer " + token);

        if (operation.Bodies.Count > 0)
        {
            var body = operation.Bodies[random.Next(operation.Bodies.Count)];
            request.Body = Body(operation, body, random);
            request.Set("Content-Type", body.MediaType);
        }

        return request;
    }

    public static bool IsDestructive(ApiOperation operation) => DestroysResource.Contains(operation.Id) || DestroysSession.Contains(operation.Id);

    private static string HeaderValue(string name, Random random) => name switch
    {
        "Idempotency-Key" => $"key-{random.Next(200)}",
        _ => random.Next(3) == 0 ? "*" : $"\"{random.Next(20)}\"",
    };

    private string Path(ApiOperation operation, Random random) => PathParameter().Replace(operation.Path, match =>
    {
        var name = match.Groups["name"].Value;
        var parameter = operation.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        var value = DestroysResource.Contains(operation.Id)
            ? world.Pool.DrawVictim(parameter?.Pattern?[1..5] ?? name, random) ?? "none"
            : world.Values.Text(name, null, parameter?.Pattern, random);
        return name == "path" ? value.Replace("?", "%3F", StringComparison.Ordinal) : Uri.EscapeDataString(Clean(value));
    });

    private string Query(ApiOperation operation, Random random)
    {
        var pairs = operation.Parameters
            .Where(parameter => parameter.In == "query" && random.NextDouble() < QueryShare)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Clean(QueryValue(parameter, random)))}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? "" : "?" + query;
    }

    private string QueryValue(ApiParameter parameter, Random random) => world.Pool.Knows(parameter.Name)
        ? world.Pool.Draw(parameter.Name, random)
        : world.Values.FromSchema(parameter.Schema, random, parameter.Name)?.ToString() ?? "";

    private byte[] Body(ApiOperation operation, ApiBody body, Random random)
    {
        if (body.MediaType.EndsWith("zip", StringComparison.Ordinal))
            return Archive(random);

        if (!body.MediaType.EndsWith("json", StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(OddValues.Text(random));

        var example = random.NextDouble() < ExampleShare ? world.Values.FromExample(body.Example ?? world.ExampleOf(operation), random) : null;
        return Encoding.UTF8.GetBytes((example ?? world.Values.FromSchema(body.Schema, random))?.ToJsonString() ?? "null");
    }

    private static byte[] Archive(Random random)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = random.Next(4); i >= 0; i--)
            {
                using var entry = archive.CreateEntry(random.Next(3) == 0 ? OddValues.Text(random) + i : $"folder/file{i}.txt").Open();
                entry.Write(Encoding.UTF8.GetBytes(OddValues.Text(random)));
            }
        }

        return bytes.ToArray();
    }

    private string? Token(ApiOperation operation, Random random)
    {
        if (DestroysSession.Contains(operation.Id))
            return world.Pool.DrawVictim("accessToken", random);

        return (random.Next(20), operation.Role) switch
        {
            (0, _) => null,
            (1, _) => "not.a.token",
            (2, _) => world.Viewer,
            (3, _) => world.Stranger,
            (4, _) => world.PersonalToken,
            (5, _) => world.Pool.Draw("accessToken", random),
            (< 14, "anonymous") => null,
            (_, "admin") => world.Administrator,
            _ => world.Owner,
        };
    }

    /// <summary>Half a surrogate pair cannot be encoded.</summary>
    private static string Clean(string value) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value));

    [GeneratedRegex(@"\{\*{0,2}(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathParameter();
}
