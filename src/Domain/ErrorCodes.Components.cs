namespace Actors.Domain;

public static partial class ErrorCodes
{
    // What components raise: the codes of error tokens and of failed runs.
    public const string ExpressionLimit = "expression_limit";
    public const string SchemaLimit = "schema_limit";
    public const string StateLimit = "state_limit";
    public const string NotText = "not_text";
    public const string NotList = "not_list";
    public const string NotNumber = "not_number";
    public const string JsonInvalid = "json_invalid";
    public const string CsvInvalid = "csv_invalid";
    public const string FileMissing = "file_missing";
    public const string FileNotText = "file_not_text";
    public const string UrlInvalid = "url_invalid";
    public const string HeaderInvalid = "header_invalid";
    public const string SecretMissing = "secret_missing";
    public const string HttpFailed = "http_failed";
    public const string HttpStatus = "http_status";
    public const string ResponseTooLarge = "response_too_large";
    public const string AnswerInvalid = "answer_invalid";
    public const string SubRunFailed = "sub_run_failed";
    public const string WaitTimedOut = "wait_timed_out";
    public const string AddressRefused = "address_refused";
    public const string HttpUnreachable = "http_unreachable";
    public const string HttpTimeout = "http_timeout";
    public const string TooManyRedirects = "too_many_redirects";
    public const string RequestTooLarge = "request_too_large";
    public const string ModelUnavailable = "model_unavailable";
    public const string AgentUnknown = "agent_unknown";
    public const string RecipientUnknown = "recipient_unknown";
    public const string NotificationFailed = "notification_failed";
}
