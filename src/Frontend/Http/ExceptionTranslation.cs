using Actors.Domain;
using Microsoft.AspNetCore.Http;

namespace Actors.Frontend.Http;

/// <summary>What an exception means to a client: over REST a problem document, over the hub a refused result.</summary>
internal sealed class ExceptionTranslation(IEnumerable<IExceptionTranslator> translators)
{
    private readonly IExceptionTranslator[] _translators = [.. translators];

    /// <summary>The refusal of the innermost cause that is known; <c>internal_error</c> for a bug, whose text stays here.</summary>
    public Refusal Translate(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            foreach (var translator in _translators)
            {
                if (translator.Translate(cause) is { } refusal)
                    return refusal;
            }

            switch (cause)
            {
                case RefusalException refused:
                    return refused.Refusal;
                case BadHttpRequestException bad:
                    return BadRequests.Describe(bad);
                case TimeoutException:
                    return new Refusal(ErrorCodes.TimedOut, "no answer in time: it may still happen, ask before repeating", Retryable: true);
            }
        }

        return new Refusal(ErrorCodes.InternalError, "something went wrong here; the trace id finds it in the logs");
    }
}
