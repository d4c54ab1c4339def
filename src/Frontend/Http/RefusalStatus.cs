using Actors.Domain;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http;

/// <summary>The HTTP status of each code. A code that is not named here is a rule of the domain that a request breaks: 422.</summary>
public static class RefusalStatus
{
    public static int Of(string code) => code switch
    {
        // Requests under an Idempotency-Key.
        ErrorCodes.IdempotencyKeyInvalid => StatusCodes.Status400BadRequest,
        ErrorCodes.IdempotencyInProgress => StatusCodes.Status409Conflict,

        // All others, by status.
        ErrorCodes.ValidationFailed or ErrorCodes.MalformedJson or ErrorCodes.JsonTooDeep or ErrorCodes.IdentifierInvalid
            or ErrorCodes.PasswordTooWeak => StatusCodes.Status400BadRequest,
        ErrorCodes.PathEmpty or ErrorCodes.PathAbsolute or ErrorCodes.PathDriveLetter or ErrorCodes.PathBackslash or ErrorCodes.PathTraversal
            or ErrorCodes.PathEncoded or ErrorCodes.PathMalformed or ErrorCodes.PathControlCharacter or ErrorCodes.PathInvisibleCharacter
            or ErrorCodes.PathReservedCharacter or ErrorCodes.PathReservedName or ErrorCodes.PathTrailing or ErrorCodes.PathTooLong
            or ErrorCodes.PathSegmentTooLong or ErrorCodes.PathTooDeep => StatusCodes.Status400BadRequest,
        ErrorCodes.TriggerDisabled or ErrorCodes.PathConflict or ErrorCodes.FileExists => StatusCodes.Status409Conflict,
        ErrorCodes.FileTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.RangeNotSatisfiable => StatusCodes.Status416RangeNotSatisfiable,
        ErrorCodes.UploadExpired => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.Unauthenticated or ErrorCodes.TokenExpired or ErrorCodes.InvalidCredentials or ErrorCodes.RefreshTokenInvalid
            or ErrorCodes.RefreshTokenReused or ErrorCodes.SignatureInvalid or ErrorCodes.ResetTokenInvalid => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden or ErrorCodes.RegistrationClosed or ErrorCodes.InvitationWrongAddress
            or ErrorCodes.InvitationNeeded or ErrorCodes.AccountDisabled or ErrorCodes.ScopeMissing or ErrorCodes.SessionRequired
            or ErrorCodes.RunAnswerForbidden => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound or ErrorCodes.RevisionUnknown => StatusCodes.Status404NotFound,
        ErrorCodes.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorCodes.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ErrorCodes.BodyTooSlow => StatusCodes.Status408RequestTimeout,
        ErrorCodes.EmailTaken or ErrorCodes.LastOwner or ErrorCodes.MemberExists or ErrorCodes.InvitationExists or ErrorCodes.LastAdministrator or ErrorCodes.NothingToUndo
            or ErrorCodes.NothingToRedo or ErrorCodes.NothingToFix => StatusCodes.Status409Conflict,
        ErrorCodes.Deleted or ErrorCodes.InvitationExpired or ErrorCodes.InvitationRevoked or ErrorCodes.InvitationDeclined
            or ErrorCodes.InvitationUsedUp => StatusCodes.Status410Gone,
        ErrorCodes.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ErrorCodes.BodyTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorCodes.RateLimited or ErrorCodes.AccountLocked => StatusCodes.Status429TooManyRequests,
        ErrorCodes.InternalError => StatusCodes.Status500InternalServerError,
        ErrorCodes.StorageUnavailable or ErrorCodes.Overloaded or ErrorCodes.ActivationStale or ErrorCodes.ShuttingDown
            => StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.TimedOut => StatusCodes.Status504GatewayTimeout,
        ErrorCodes.RunWaitUnknown => StatusCodes.Status404NotFound,
        ErrorCodes.RunState or ErrorCodes.RunNotRecorded or ErrorCodes.RunComponentUnavailable or ErrorCodes.ComponentVersionChanged => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>The short title that a status has in problem documents.</summary>
    public static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Bad request",
        StatusCodes.Status401Unauthorized => "Not authenticated",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status406NotAcceptable => "Not acceptable",
        StatusCodes.Status408RequestTimeout => "Too slow",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status410Gone => "Gone",
        StatusCodes.Status412PreconditionFailed => "Precondition failed",
        StatusCodes.Status413PayloadTooLarge => "Body too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status416RangeNotSatisfiable => "Range not satisfiable",
        StatusCodes.Status422UnprocessableEntity => "Unprocessable",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status500InternalServerError => "Internal error",
        StatusCodes.Status503ServiceUnavailable => "Unavailable",
        StatusCodes.Status504GatewayTimeout => "Timed out",
        _ => "Error",
    };
}
