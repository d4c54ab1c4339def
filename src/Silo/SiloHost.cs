using System.Reflection;
using Actors.Frontend.Live;
using Actors.Storage;
using Microsoft.Extensions.Options;

namespace Actors.Silo;

/// <summary>How the process is configured, started and ended.</summary>
internal static class SiloHost
{
    private const string DefaultUrl = "http://localhost:5080";
    private const string DefaultDataFolder = "data";
    private const string Secrets = "/run/secrets";

    /// <summary>The time that a stop may take, in all.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    private static readonly Dictionary<string, string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--data"] = "Actors:DataFolder",
    };

    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        ProcessTuning.Apply();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot() });
        builder.Configuration.AddKeyPerFile(Secrets, optional: true);
        builder.Configuration.AddCommandLine(args, Switches);
        var data = Path.GetFullPath(builder.Configuration["Actors:DataFolder"] ?? DefaultDataFolder);
        builder.Configuration["Actors:DataFolder"] = data;
        builder.Configuration["Storage:DataFolder"] ??= data;
        builder.WebHost.UseKestrelHttpsConfiguration();

        // A WebSocket's bytes go on where they were received or written; requests leave that thread at once (see LeaveSocketThread).
        builder.WebHost.UseSockets(options => options.UnsafePreferInlineScheduling = true);
        if (string.IsNullOrEmpty(builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    /// <summary>Runs until the process is told to stop. A start that fails for a known reason says it in one line.</summary>
    /// <returns>0 after an orderly stop, 1 when the start failed.</returns>
    /// <param name="compose">Makes the application. What is wrong with a setting may show as early as here.</param>
    public static async Task<int> RunAsync(Func<WebApplication> compose)
    {
        WebApplication? app = null;
        try
        {
            app = compose();
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is OptionsValidationException or StorageSchemaException or StorageUnavailableException or IOException)
        {
            await Console.Error.WriteLineAsync($"Actors cannot start: {exception.Message}");
            if (app is not null)
                await app.DisposeAsync();
            return 1;
        }
        catch (OperationCanceledException) when (app is not null && app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop before it had started: nothing was served, so nothing is to be drained.
            await app.DisposeAsync();
            return 0;
        }

        app.DrainLiveStreamsOnStop();
        WriteBanner(app);
        await app.WaitForShutdownAsync();
        await app.DisposeAsync();
        return 0;
    }

    private static void WriteBanner(WebApplication app)
    {
        var version = typeof(SiloHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        Console.WriteLine($"Actors {version}, {Engine.Name} engine");
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"  API      {url}/api/v1");
            Console.WriteLine($"  Docs     {url}/docs");
            Console.WriteLine($"  Live     {url}/hubs/collaboration");
        }

        Console.WriteLine($"  Data     {app.Configuration["Actors:DataFolder"]}");
        Console.WriteLine($"Actors is ready at {app.Urls.FirstOrDefault()}");
    }

    /// <summary>Settings lie beside the program, whatever folder it is started from; a folder with its own settings wins.</summary>
    private static string ContentRoot()
    {
        var current = Directory.GetCurrentDirectory();
        return File.Exists(Path.Combine(current, "appsettings.json")) ? current : AppContext.BaseDirectory;
    }
}
