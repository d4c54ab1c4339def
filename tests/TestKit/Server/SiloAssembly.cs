namespace Actors.TestKit.Server;

/// <summary>Finds the silo that the build has made.</summary>
public static class SiloAssembly
{
    /// <summary>The environment variable that names another silo.</summary>
    public const string Variable = "ACTORS_SILO";

    private const string Name = "Actors.Silo.dll";

    /// <summary>
    /// The silo of <paramref name="configuration"/> in the build output that the calling assembly stands in
    /// (<c>artifacts/embedded/bin/{project}/{configuration}</c>), unless <see cref="Variable"/> names one.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is none; the message says which command builds it.</exception>
    public static string Locate(string configuration)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names '{named}', which does not exist.", named);
        }

        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Silo", configuration, Name));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"The server is not built: '{path}' does not exist. Build it with: dotnet build -c {configuration} src/Silo", path);
    }
}
