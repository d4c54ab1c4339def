namespace Actors.Domain.Execution;

/// <summary>
/// What one entry of a run's journal holds: the network's records, and what they published, which can be read without
/// the network. Outputs and events are paged from here.
/// </summary>
public static class JournalPart
{
    /// <param name="large">Tokens that must be stored as blobs before.</param>
    public static byte[] Write(ReadOnlySpan<byte> records, IReadOnlyList<Publication> published, out Token[] large)
    {
        var writer = new RecordWriter();
        writer.Bytes(records);
        writer.Number(published.Count);
        foreach (var (name, token) in published)
        {
            writer.Text(name);
            writer.Token(token);
        }

        large = [.. writer.Large];
        return writer.Take();
    }

    /// <exception cref="InvalidDataException">The bytes are broken.</exception>
    public static (ReadOnlyMemory<byte> Records, List<Publication> Published) Read(ReadOnlyMemory<byte> part)
    {
        var reader = new RecordReader(part);
        var records = reader.Bytes();
        var published = new List<Publication>();
        for (var left = reader.Count(); left > 0; left--)
        {
            published.Add(new Publication(reader.Text(), reader.Token()));
        }

        return (records, published);
    }
}
