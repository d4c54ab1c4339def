namespace Actors.Domain;

/// <summary>Every code that a client can meet. A code is never renamed and never used for another meaning.</summary>
public static partial class ErrorCodes
{
    // Requests
    public const string ValidationFailed = "validation_failed";
    public const string MalformedJson = "malformed_json";
    public const string JsonTooDeep = "json_too_deep";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string IdentifierInvalid = "identifier_invalid";
    public const string NotFound = "not_found";
    public const string PreconditionFailed = "precondition_failed";
    public const string RateLimited = "rate_limited";
    public const string InternalError = "internal_error";

    // Access
    public const string Unauthenticated = "unauthenticated";
    public const string TokenExpired = "token_expired";
    public const string Forbidden = "forbidden";
    public const string InvalidCredentials = "invalid_credentials";
    public const string AccountLocked = "account_locked";
    public const string EmailTaken = "email_taken";
    public const string PasswordTooWeak = "password_too_weak";
    public const string RefreshTokenInvalid = "refresh_token_invalid";
    public const string RefreshTokenReused = "refresh_token_reused";
    public const string RegistrationClosed = "registration_closed";

    // Projects
    public const string LastOwner = "last_owner";
    public const string MemberExists = "member_exists";

    // Designs
    public const string OperationUnknown = "operation_unknown";
    public const string OperationMalformed = "operation_malformed";
    public const string TypeUnknown = "type_unknown";
    public const string PropertyInvalid = "property_invalid";
    public const string FieldUnknown = "field_unknown";
    public const string FieldImmutable = "field_immutable";
    public const string PortUnknown = "port_unknown";
    public const string PortMismatch = "port_mismatch";
    public const string ConnectionDangling = "connection_dangling";
    public const string HierarchyCycle = "hierarchy_cycle";
    public const string ParentUnknown = "parent_unknown";
    public const string BatchEmpty = "batch_empty";
    public const string LimitReached = "limit_reached";
    public const string NothingToUndo = "nothing_to_undo";
    public const string NothingToRedo = "nothing_to_redo";
    public const string RevisionUnknown = "revision_unknown";
    public const string ImportInvalid = "import_invalid";
    public const string FormatUnknown = "format_unknown";

    // Availability
    public const string StorageUnavailable = "storage_unavailable";
    public const string Overloaded = "overloaded";
    public const string ActivationStale = "activation_stale";
    public const string TimedOut = "timed_out";

    // Streams
    public const string TooSlow = "too_slow";
    public const string Deleted = "deleted";
    public const string ShuttingDown = "shutting_down";
}
