namespace Actors.Components;

/// <summary>The codes of what the built-in components refuse. Stable; <c>docs/components.md</c> explains each.</summary>
internal static class FailureCodes
{
    public const string PropertyInvalid = "property_invalid";
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
    public const string FileTooLarge = "file_too_large";
    public const string UrlInvalid = "url_invalid";
    public const string HeaderInvalid = "header_invalid";
    public const string SecretMissing = "secret_missing";
    public const string HttpFailed = "http_failed";
    public const string HttpStatus = "http_status";
    public const string ResponseTooLarge = "response_too_large";
    public const string AnswerInvalid = "answer_invalid";
    public const string RunFailed = "run_failed";
    public const string SubRunFailed = "sub_run_failed";
    public const string JobFailed = "job_failed";
    public const string WaitTimedOut = "wait_timed_out";
}
