namespace Actors.Domain;

public static partial class ErrorCodes
{
    public const string NotAcceptable = "not_acceptable";
    public const string BodyTooSlow = "body_too_slow";
}
