namespace Actors.Domain;

public static partial class ErrorCodes
{
    public const string AccountDisabled = "account_disabled";
    public const string InvitationNeeded = "invitation_needed";
    public const string LastAdministrator = "last_administrator";
    public const string ResetTokenInvalid = "reset_token_invalid";
    public const string ScopeMissing = "scope_missing";
    public const string SessionRequired = "session_required";
}
