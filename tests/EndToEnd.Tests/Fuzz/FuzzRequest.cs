using System.Text;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.Fuzz;

/// <summary>A request as it goes over the wire, well formed or not.</summary>
internal sealed class FuzzRequest
{
    private const int ShownBytes = 2_000;

    public required string Method { get; set; }

    /// <summary>Path and query, encoded or not.</summary>
    public required string Target { get; set; }

    /// <summary>The operation that must answer it; null once it is certain no more that one does.</summary>
    public ApiOperation? Operation { get; set; }

    public List<(string Name, string Value)> Headers { get; } = [];

    public byte[]? Body { get; set; }

    /// <summary>What was done to it, in words.</summary>
    public List<string> Mutations { get; } = [];

    /// <summary>Whether it breaks HTTP itself, so that the server may refuse it without a word about its content.</summary>
    public bool BreaksProtocol { get; set; }

    public void Set(string header, string value)
    {
        Headers.RemoveAll(existing => existing.Name.Equals(header, StringComparison.OrdinalIgnoreCase));
        Headers.Add((header, value));
    }

    public byte[] ToBytes(string host)
    {
        var head = new StringBuilder().Append(Method).Append(' ').Append(Target).Append(" HTTP/1.1\r\n");
        if (!Headers.Exists(header => header.Name == "Host"))
            head.Append("Host: ").Append(host).Append("\r\n");

        foreach (var (name, value) in Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");

        if (Body is not null && !Headers.Exists(header => header.Name is "Content-Length" or "Transfer-Encoding"))
            head.Append("Content-Length: ").Append(Body.Length).Append("\r\n");

        // Characters beyond ASCII go out as the UTF-8 that careless clients send.
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(ToBytes("server"));
        return $"{Operation?.Id ?? "(no operation)"} [{string.Join(", ", Mutations)}]\n{(text.Length <= ShownBytes ? text : $"{text[..ShownBytes]}… ({text.Length} characters)")}";
    }
}
