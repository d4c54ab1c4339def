using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Domain.Designs;

/// <summary>One change to a design. The family is closed; its wire form is the table "Operations" of the protocol.</summary>
[JsonConverter(typeof(OperationConverter))]
public abstract record Operation
{
    private protected Operation()
    {
    }
}

/// <summary>Adds a node. An identifier that exists is renamed, an order key that is missing or taken is replaced.</summary>
public sealed record NodeAdd(Node Node) : Operation;

/// <summary>JSON merge patch (RFC 7396) over a node's fields; <c>null</c> removes a property.</summary>
public sealed record NodeSet(string Id, JsonElement Patch) : Operation;

/// <summary>Removes a node, its descendants and every connection that touches one of them.</summary>
public sealed record NodeRemove(string Id) : Operation;

/// <summary>Connects an output port to an input port.</summary>
public sealed record ConnectionAdd(Connection Connection) : Operation;

/// <summary>JSON merge patch over a connection's fields.</summary>
public sealed record ConnectionSet(string Id, JsonElement Patch) : Operation;

/// <summary>Removes a connection.</summary>
public sealed record ConnectionRemove(string Id) : Operation;

/// <summary>JSON merge patch over the design's own name, description and settings.</summary>
public sealed record DesignSet(JsonElement Patch) : Operation;
