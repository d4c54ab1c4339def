using Actors.Domain;
using Actors.Frontend.Http;
using Actors.Storage;
using Orleans.Runtime;

namespace Actors.Silo;

/// <summary>What clients are told when storage or the engine cannot serve: to come again, and nothing of the inside.</summary>
internal sealed class InfrastructureErrors : IExceptionTranslator
{
    public Refusal? Translate(Exception exception) => exception switch
    {
        StorageUnavailableException => new Refusal(ErrorCodes.StorageUnavailable, "The storage does not answer; the same request may be sent again.", Retryable: true),
        LimitExceededException => new Refusal(ErrorCodes.Overloaded, "Too many requests wait for this already; the same request may be sent again.", Retryable: true),
        _ => null,
    };
}
