using System.Text.Json.Serialization;

namespace Actors.Domain.Projects;

/// <summary>What a member may do. Ordered: each role may do all that the ones before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProjectRole>))]
public enum ProjectRole
{
    /// <summary>Reads and watches.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer,

    /// <summary>Also comments and chats.</summary>
    [JsonStringEnumMemberName("commenter")]
    Commenter,

    /// <summary>Also changes designs, runs them and starts agents, and changes the project's settings.</summary>
    [JsonStringEnumMemberName("editor")]
    Editor,

    /// <summary>Also manages members and deletes the project.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner,
}
