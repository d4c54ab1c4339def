namespace Actors.Frontend.Tests.Roles;

/// <summary>Everybody who may come to an address.</summary>
public enum Actor
{
    Owner,
    Editor,
    Commenter,
    Viewer,
    Administrator,
    Stranger,
    Anonymous,

    /// <summary>An owner whose access token has expired.</summary>
    ExpiredToken,

    /// <summary>An owner whose session has ended.</summary>
    RevokedToken,
}

/// <summary>What the role of an operation means for each of them.</summary>
public static class RoleRules
{
    public static readonly IReadOnlyList<Actor> Members = [Actor.Viewer, Actor.Commenter, Actor.Editor, Actor.Owner];

    /// <summary>Null where the actor is let in; else the status and code of the refusal.</summary>
    public static Outcome? Refusal(string role, Actor actor) => (role, actor) switch
    {
        ("anonymous", _) => null,
        (_, Actor.Anonymous or Actor.RevokedToken) => new Outcome(401, "unauthenticated"),
        (_, Actor.ExpiredToken) => new Outcome(401, "token_expired"),
        ("signedIn", _) => null,
        ("admin", Actor.Administrator) => null,
        ("admin", _) => new Outcome(403, "forbidden"),
        (_, Actor.Stranger or Actor.Administrator) => new Outcome(404, "not_found"),
        _ => Rank(role) <= Members.ToList().IndexOf(actor) ? null : new Outcome(403, "forbidden"),
    };

    private static int Rank(string role)
    {
        var rank = Members.ToList().FindIndex(member => string.Equals(member.ToString(), role, StringComparison.OrdinalIgnoreCase));
        return rank >= 0 ? rank : throw new ArgumentException($"'{role}' is no role: see RoleMetadata.", nameof(role));
    }
}

/// <summary>How a request was answered.</summary>
/// <param name="Code">Null for a success.</param>
public sealed record Outcome(int Status, string? Code)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public override string ToString() => Code is null ? $"{Status}" : $"{Status} {Code}";
}
