using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Projects;

namespace Actors.Grains.Interfaces.Projects;

/// <summary>The JSON of projects: between grains, in the journal, in snapshots and in the catalog.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ProjectEvent))]
[JsonSerializable(typeof(ProjectState))]
[JsonSerializable(typeof(NewProject))]
[JsonSerializable(typeof(ProjectChange))]
[JsonSerializable(typeof(ProjectDeletion))]
[JsonSerializable(typeof(MemberChange))]
[JsonSerializable(typeof(MemberRemoval))]
[JsonSerializable(typeof(ProjectQuery))]
[JsonSerializable(typeof(MemberQuery))]
[JsonSerializable(typeof(ProjectView))]
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(ProjectRoster))]
[JsonSerializable(typeof(ProjectReply))]
[JsonSerializable(typeof(ProjectPageReply))]
[JsonSerializable(typeof(MemberPageReply))]
[JsonSerializable(typeof(ProjectReply.Refused), TypeInfoPropertyName = "ProjectReplyRefused")]
[JsonSerializable(typeof(ProjectPageReply.Refused), TypeInfoPropertyName = "ProjectPageReplyRefused")]
[JsonSerializable(typeof(ProjectPageReply.Page), TypeInfoPropertyName = "ProjectPageReplyPage")]
[JsonSerializable(typeof(MemberPageReply.Refused), TypeInfoPropertyName = "MemberPageReplyRefused")]
[JsonSerializable(typeof(MemberPageReply.Page), TypeInfoPropertyName = "MemberPageReplyPage")]
[JsonSerializable(typeof(ProjectRole?))]
[JsonSerializable(typeof(string))]
public sealed partial class ProjectsJsonContext : JsonSerializerContext;
