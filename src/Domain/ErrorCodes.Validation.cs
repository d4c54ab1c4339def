namespace Actors.Domain;

public static partial class ErrorCodes
{
    public const string NothingToFix = "nothing_to_fix";
}
