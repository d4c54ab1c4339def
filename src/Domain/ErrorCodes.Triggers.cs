namespace Actors.Domain;

public static partial class ErrorCodes
{
    public const string TriggerDisabled = "trigger_disabled";
    public const string SignatureInvalid = "signature_invalid";
}
