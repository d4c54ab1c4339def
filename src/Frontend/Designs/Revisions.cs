using System.Globalization;
using Actors.Domain;
using Actors.Domain.Designs;
using Actors.Domain.Identity;
using Actors.Grains.Interfaces.Designs;
using Actors.Grains.Interfaces.Versions;
using Orleans;

namespace Actors.Frontend.Designs;

/// <summary>What a request means by a revision: a number, a version's id, or, when it says nothing, the newest.</summary>
internal static class Revisions
{
    /// <summary>The design at that revision; one of the two answers is null.</summary>
    public static async Task<(DesignDocument? Design, Refusal? Refusal)> ReadAsync(DesignPass pass, IGrainFactory grains, string? revision)
    {
        if (string.IsNullOrEmpty(revision))
        {
            return await pass.Grain.GetDocument() is { } newest
                ? (newest, null)
                : (null, new Refusal(ErrorCodes.NotFound, "The design was deleted meanwhile."));
        }

        var (number, refusal) = await ResolveAsync(pass, grains, revision, "revision");
        return refusal is not null ? (null, refusal)
            : await grains.GetGrain<IDesignHistoryGrain>(pass.Header.Id).GetDocument(number) is { } design ? (design, null)
            : (null, Unknown(pass));
    }

    /// <summary>The number of the revision, which the design has, or why there is none.</summary>
    public static async Task<(long Revision, Refusal? Refusal)> ResolveAsync(DesignPass pass, IGrainFactory grains, string? text, string field)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (pass.Header.Revision, null);
        }

        if (text.StartsWith(Identifier.Version, StringComparison.Ordinal))
        {
            if (Identifier.Check(Identifier.Version, text, field) is { } invalid)
            {
                return (0, invalid);
            }

            var reply = await grains.GetGrain<IDesignVersionsGrain>(pass.Header.Id).Get(text);
            return reply.Version is { } version ? (version.Revision, null) : (0, reply.Refusal);
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return (0, Refusal.Field(field, "must be a whole number from 1, or the id of a version"));
        }

        return number <= pass.Header.Revision ? (number, null) : (0, Unknown(pass));
    }

    public static Refusal Unknown(DesignPass pass) => new(ErrorCodes.RevisionUnknown, $"The design has revisions 1 to {pass.Header.Revision}.");
}
