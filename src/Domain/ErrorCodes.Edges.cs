namespace Actors.Domain;

public static partial class ErrorCodes
{
    // Repeated requests
    public const string IdempotencyKeyInvalid = "idempotency_key_invalid";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string IdempotencyInProgress = "idempotency_in_progress";
}
