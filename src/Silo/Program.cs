using Actors.Agents;
using Actors.Components;
using Actors.Frontend;
using Actors.Frontend.Http;
using Actors.Grains;
using Actors.Silo;
using Actors.Storage;

var builder = SiloHost.CreateBuilder(args);
builder.Services.AddActorsStorage(builder.Configuration);
builder.Services.AddActorsGrains(builder.Configuration);
builder.Services.AddActorsAgents();
builder.Services.AddComponents(builder.Configuration);
builder.UseEngine();

// Behind the engine, so that what the front end has still to record at a stop finds grains that record it.
builder.Services.AddActorsFrontend(builder.Configuration);
builder.Services.AddSingleton<IExceptionTranslator, InfrastructureErrors>();

var app = builder.Build();
app.UseActorsFrontend();

app.MapActorsFrontend();

return await SiloHost.RunAsync(app);
