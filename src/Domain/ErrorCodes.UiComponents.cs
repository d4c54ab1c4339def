namespace Actors.Domain;

public static partial class ErrorCodes
{
    public const string ComponentExists = "component_exists";
}
