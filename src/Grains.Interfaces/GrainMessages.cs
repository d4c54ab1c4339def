using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Actors.Domain.Json;
using Actors.Grains.Interfaces.Accounts;
using Actors.Grains.Interfaces.Audit;
using Actors.Grains.Interfaces.Comments;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Idempotency;
using Actors.Grains.Interfaces.Files;
using Actors.Grains.Interfaces.Notifications;
using Actors.Grains.Interfaces.Projects;
using Actors.Grains.Interfaces.Rooms;
using Actors.Grains.Interfaces.Templates;
using Actors.Grains.Interfaces.Validation;
using Actors.Grains.Interfaces.Secrets;
using Actors.Grains.Interfaces.Triggers;
using Actors.Grains.Interfaces.UiComponents;
using Actors.Grains.Interfaces.Versions;

namespace Actors.Grains.Interfaces;

/// <summary>
/// The one codec of messages between front end and grains and among grains. Reflection stands behind the generated
/// metadata for primitive arguments and collections that no context names.
/// </summary>
public static class GrainMessages
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(DomainJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                DomainJson.Resolver,
                IdempotencyJsonContext.Default,
                AuditJsonContext.Default,
                DesignsJsonContext.Default,
                RoomsJsonContext.Default,
                AccountsJsonContext.Default,
                Runs.RunsJsonContext.Default,
                ProjectsJsonContext.Default,
                FilesJsonContext.Default,
                VersionsJsonContext.Default,
                ValidationJsonContext.Default,
                NotificationsJsonContext.Default,
                CommentsJsonContext.Default,
                TemplatesJsonContext.Default,
                SecretsJsonContext.Default,
                TriggersJsonContext.Default,
                UiComponentsJsonContext.Default,
                new DefaultJsonTypeInfoResolver()),
        };
        options.MakeReadOnly();
        return options;
    }
}
