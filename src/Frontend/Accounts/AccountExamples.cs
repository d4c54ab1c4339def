using Actors.Frontend.Documentation;

namespace Actors.Frontend.Accounts;

/// <summary>Accounts and sessions in the documentation.</summary>
internal static class AccountExamples
{
    public const string Registration = """{"email":"ada@example.org","password":"correct Horse 7","name":"Ada"}""";
    public const string Login = """{"email":"ada@example.org","password":"correct Horse 7"}""";
    public const string Refresh = """{"refreshToken":"rt.01k9x2m4n6p8r0t2v4x6z8a0b2.pA3v"}""";
    public const string Password = """{"current":"correct Horse 7","new":"battery Staple 8"}""";
    public const string Profile = """{"name":"Ada Lovelace"}""";

    public const string Reset = $$"""{"token":"{{ResetToken}}","new":"battery Staple 8"}""";
    public const string NewToken = """{"name":"Nightly export","scopes":["read"],"expiresInDays":90}""";
    public const string Administration = """{"role":"admin"}""";

    public const string Session =
        $$"""{"id":"ses_{{ExampleIds.Digits}}","createdAt":"{{ExampleIds.At}}","lastUsedAt":"{{ExampleIds.Later}}","expiresAt":"{{ExampleIds.Later}}","address":"192.0.2.7","userAgent":"Mozilla/5.0","current":true}""";

    public const string Token = "{" + TokenMembers + ""","lastUsedAt":null}""";
    public const string CreatedToken = "{" + TokenMembers + $$""","token":"act_{{ExampleIds.Digits}}{{ExampleIds.Digits}}pA3v"}""";

    public const string Listed = "{" + AccountMembers + $$""","createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}"}""";
    public const string Administered = "{" + AccountMembers + $$""","sessions":2,"tokens":0,"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}"}""";
    public const string ResetPermission = $$"""{"token":"{{ResetToken}}","path":"/api/v1/auth/password/reset","url":"https://app.example.com/reset-password/{{ResetToken}}","expiresAt":"{{ExampleIds.Later}}"}""";

    private const string ResetToken = $"{ExampleIds.Account}.pA3vQ8r2";

    private const string TokenMembers = $$"""
        "id":"tok_{{ExampleIds.Digits}}","name":"Nightly export","scopes":["read"],"createdAt":"{{ExampleIds.At}}","expiresAt":"{{ExampleIds.Later}}"
        """;

    private const string AccountMembers = $$"""
        "id":"{{ExampleIds.Account}}","email":"ada@example.org","name":"Ada","role":"member","status":"active"
        """;

    public const string User =
        $$"""{"id":"{{ExampleIds.Account}}","email":"ada@example.org","name":"Ada","roles":["member"],"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}"}""";

    public const string SignedIn =
        $$"""{"user":{{User}},"accessToken":"eyJhbGciOiJIUzI1NiJ9.e30.x1","refreshToken":"rt.01k9x2m4n6p8r0t2v4x6z8a0b2.pA3v","expiresAt":"{{ExampleIds.Later}}"}""";
}
