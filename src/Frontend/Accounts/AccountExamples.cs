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

    public const string User =
        $$"""{"id":"{{ExampleIds.Account}}","email":"ada@example.org","name":"Ada","roles":["member"],"createdAt":"{{ExampleIds.At}}","updatedAt":"{{ExampleIds.At}}"}""";

    public const string SignedIn =
        $$"""{"user":{{User}},"accessToken":"eyJhbGciOiJIUzI1NiJ9.e30.x1","refreshToken":"rt.01k9x2m4n6p8r0t2v4x6z8a0b2.pA3v","expiresAt":"{{ExampleIds.Later}}"}""";
}
