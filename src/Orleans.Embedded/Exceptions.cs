using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>The base of the engine's own exceptions.</summary>
    public class OrleansException : Exception
    {
        public OrleansException()
        {
        }

        public OrleansException(string message)
            : base(message)
        {
        }

        public OrleansException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The call was refused before it ran; it may be tried again.</summary>
    public class OrleansMessageRejectionException : OrleansException
    {
        public OrleansMessageRejectionException()
        {
        }

        public OrleansMessageRejectionException(string message)
            : base(message)
        {
        }

        public OrleansMessageRejectionException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>The silo is stopping, has stopped or was killed.</summary>
    public sealed class SiloUnavailableException : OrleansMessageRejectionException
    {
        public SiloUnavailableException()
        {
        }

        public SiloUnavailableException(string message)
            : base(message)
        {
        }

        public SiloUnavailableException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A limit was reached, such as the requests that one activation may have pending.</summary>
    public sealed class LimitExceededException : OrleansException
    {
        public LimitExceededException()
        {
        }

        public LimitExceededException(string message)
            : base(message)
        {
        }

        public LimitExceededException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }

        public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
            : base($"Limit {limitName} is {threshold} and would be exceeded: {current} now. {extraInfo}")
        {
        }
    }

    /// <summary>An enumeration ended early because its grain deactivated or because nobody polled it.</summary>
    public sealed class EnumerationAbortedException : Exception
    {
        public EnumerationAbortedException()
        {
        }

        public EnumerationAbortedException(string message)
            : base(message)
        {
        }

        public EnumerationAbortedException(string message, Exception innerException)
            : base(message, innerException)
        {
        }
    }

    /// <summary>A reminder could not be kept.</summary>
    public sealed class ReminderException : OrleansException
    {
        public ReminderException()
        {
        }

        public ReminderException(string message)
            : base(message)
        {
        }

        public ReminderException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Storage
{
    /// <summary>The stored state is not the one that the grain knows. Escaping a call it deactivates the activation, so that the next one reads afresh.</summary>
    public class InconsistentStateException : OrleansException
    {
        public InconsistentStateException()
        {
        }

        public InconsistentStateException(string message)
            : base(message)
        {
        }

        public InconsistentStateException(string message, Exception? innerException)
            : base(message, innerException)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
            : this(errorMsg, storedEtag, currentEtag, storageException: null)
        {
        }

        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
            : base(errorMsg, storageException)
        {
            StoredEtag = storedEtag;
            CurrentEtag = currentEtag;
        }

        public string? StoredEtag { get; }

        public string? CurrentEtag { get; }
    }
}
