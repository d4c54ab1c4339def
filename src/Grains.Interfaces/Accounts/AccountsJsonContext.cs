using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Domain.Accounts;

namespace Actors.Grains.Interfaces.Accounts;

/// <summary>The JSON of accounts: between grains, in the journal and in snapshots.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(AccountEvent))]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(AccountRegistration))]
[JsonSerializable(typeof(EmailLogin))]
[JsonSerializable(typeof(PasswordLogin))]
[JsonSerializable(typeof(TokenRefresh))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(AccountQuery))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(SessionCheck))]
[JsonSerializable(typeof(ActiveSessions))]
[JsonSerializable(typeof(SignInReply))]
[JsonSerializable(typeof(AccountReply))]
[JsonSerializable(typeof(AccountPageReply))]
[JsonSerializable(typeof(SignInReply.Refused), TypeInfoPropertyName = "SignInReplyRefused")]
[JsonSerializable(typeof(AccountReply.Refused), TypeInfoPropertyName = "AccountReplyRefused")]
[JsonSerializable(typeof(AccountPageReply.Refused), TypeInfoPropertyName = "AccountPageReplyRefused")]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
public sealed partial class AccountsJsonContext : JsonSerializerContext;
