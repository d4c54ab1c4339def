using Actors.Agents;
using Actors.Components;
using Actors.Frontend;
using Actors.Frontend.Http;
using Actors.Frontend.Operations.Health;
using Actors.Grains;
using Actors.Silo;
using Actors.Silo.Telemetry;
using Actors.Storage;

if (args.Contains(HealthCommand.Switch))
    return await HealthCommand.RunAsync(args);

var builder = SiloHost.CreateBuilder(args);
builder.UseLogs();
builder.Services.AddActorsStorage(builder.Configuration);
builder.Services.AddActorsGrains(builder.Configuration);
builder.Services.AddActorsAgents();
builder.Services.AddComponents(builder.Configuration);
builder.UseEngine();

// Behind the engine, so that what the front end has still to record at a stop finds grains that record it.
builder.Services.AddActorsFrontend(builder.Configuration);
builder.Services.AddSingleton<IExceptionTranslator, InfrastructureErrors>();
builder.Services.AddSingleton<IStorageProbe, StorageProbe>();
TraceExport.AddTo(builder);

return await SiloHost.RunAsync(() =>
{
    var app = builder.Build();
    app.UseActorsFrontend();
    app.MapActorsFrontend();
    return app;
});
