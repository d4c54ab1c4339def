using Xunit.Abstractions;

namespace Actors.EndToEnd.Tests.BadInput;

/// <summary>A batch that must be refused, by its JSON, with the code that the protocol documents.</summary>
public sealed class BadBatch : IXunitSerializable
{
    /// <summary>For xunit, which fills the case that it was told by name.</summary>
    public BadBatch()
    {
    }

    public BadBatch(string name, string json, string code, bool inProcess = false)
    {
        Name = name;
        Json = json;
        Code = code;
        InProcess = inProcess;
    }

    public string Name { get; private set; } = "";

    /// <summary>The whole batch.</summary>
    public string Json { get; private set; } = "";

    public string Code { get; private set; } = "";

    /// <summary>Whether it goes to the process instead of the wireframe.</summary>
    public bool InProcess { get; private set; }

    public void Serialize(IXunitSerializationInfo info) => info.AddValue(nameof(Name), Name);

    public void Deserialize(IXunitSerializationInfo info)
    {
        var batch = BadBatches.Find(info.GetValue<string>(nameof(Name)));
        (Name, Json, Code, InProcess) = (batch.Name, batch.Json, batch.Code, batch.InProcess);
    }

    public override string ToString() => Name;
}
