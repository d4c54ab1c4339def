using System.Text.Json.Serialization;

namespace Actors.Domain.Accounts;

/// <summary>What an account may do in the installation as a whole; what it may do in a project is the project's to say.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InstallationRole>))]
public enum InstallationRole
{
    [JsonStringEnumMemberName("member")]
    Member,
    [JsonStringEnumMemberName("admin")]
    Administrator,
}
