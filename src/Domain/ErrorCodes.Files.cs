namespace Actors.Domain;

public static partial class ErrorCodes
{
    // Paths of files: each names the rule that the path breaks
    public const string PathEmpty = "path_empty";
    public const string PathAbsolute = "path_absolute";
    public const string PathDriveLetter = "path_drive_letter";
    public const string PathBackslash = "path_backslash";
    public const string PathTraversal = "path_traversal";
    public const string PathEncoded = "path_encoded";
    public const string PathMalformed = "path_malformed";
    public const string PathControlCharacter = "path_control_character";
    public const string PathInvisibleCharacter = "path_invisible_character";
    public const string PathReservedCharacter = "path_reserved_character";
    public const string PathReservedName = "path_reserved_name";
    public const string PathTrailing = "path_trailing";
    public const string PathTooLong = "path_too_long";
    public const string PathSegmentTooLong = "path_segment_too_long";
    public const string PathTooDeep = "path_too_deep";

    // Files
    public const string PathConflict = "path_conflict";
    public const string FileExists = "file_exists";
    public const string FileTooLarge = "file_too_large";
    public const string UploadExpired = "upload_expired";
    public const string ArchiveInvalid = "archive_invalid";
    public const string ArchiveUnsafe = "archive_unsafe";
    public const string RangeNotSatisfiable = "range_not_satisfiable";
}
