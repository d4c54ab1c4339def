using Actors.Domain;
using Actors.Frontend.Documentation;

namespace Actors.Frontend.Projects;

/// <summary>Invitations in the documentation.</summary>
internal static class InvitationExamples
{
    public const string New = """{"email":"grace@example.org","role":"editor","expiresInDays":7}""";
    public const string Transfer = $$"""{"accountId":"{{ExampleIds.Account}}"}""";

    public const string Invitation = "{" + Members + "}";
    public const string Created = "{" + Members + ""","token":"pA3vQ8r2","acceptUrl":"https://app.example.com/invitations/pA3vQ8r2"}""";

    public const string Offer =
        $$"""{"id":"inv_{{ExampleIds.Digits}}","projectId":"{{ExampleIds.Project}}","projectName":"Web shop","role":"editor","email":"grace@example.org","invitedBy":"{{ExampleIds.Account}}","invitedByName":"Ada","expiresAt":"{{ExampleIds.Later}}"}""";

    private const string Members = $$"""
        "id":"inv_{{ExampleIds.Digits}}","projectId":"{{ExampleIds.Project}}","email":"grace@example.org","role":"editor","status":"open",
        "invitedBy":"{{ExampleIds.Account}}","createdAt":"{{ExampleIds.At}}","expiresAt":"{{ExampleIds.Later}}","maximumUses":1,"uses":0,"version":1
        """;

    /// <summary>Why an invitation lets nobody in any more.</summary>
    public static readonly string[] Ended =
    [
        ErrorCodes.NotFound, ErrorCodes.InvitationExpired, ErrorCodes.InvitationRevoked, ErrorCodes.InvitationDeclined, ErrorCodes.InvitationUsedUp,
        ErrorCodes.InvitationWrongAddress,
    ];
}
