using System.Diagnostics.CodeAnalysis;

namespace Actors.Domain.Accounts;

/// <summary>The name that others see.</summary>
public static class AccountName
{
    public const int MaximumLength = 100;

    public static string Rule => $"must have 1 to {MaximumLength} characters and no control characters";

    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? normalized)
    {
        normalized = text?.Trim();
        if (normalized is { Length: > 0 and <= MaximumLength } && !normalized.Any(char.IsControl))
        {
            return true;
        }

        normalized = null;
        return false;
    }
}
