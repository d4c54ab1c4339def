using Actors.Domain;

namespace Actors.Frontend.Http;

/// <summary>Ends a request with a refusal from where no result can be returned: a binding or a middleware.</summary>
public sealed class RefusalException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal => refusal;
}

/// <summary>
/// Says which refusal an exception of the infrastructure means. The front end does not know storage or grains from the
/// inside, so whoever composes the host registers what it knows.
/// </summary>
public interface IExceptionTranslator
{
    /// <summary>Null when the exception is not one that it knows.</summary>
    Refusal? Translate(Exception exception);
}
