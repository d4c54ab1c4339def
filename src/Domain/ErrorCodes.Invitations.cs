namespace Actors.Domain;

public static partial class ErrorCodes
{
    public const string InvitationExpired = "invitation_expired";
    public const string InvitationRevoked = "invitation_revoked";
    public const string InvitationDeclined = "invitation_declined";
    public const string InvitationUsedUp = "invitation_used_up";
    public const string InvitationWrongAddress = "invitation_wrong_address";
    public const string InvitationExists = "invitation_exists";
}
