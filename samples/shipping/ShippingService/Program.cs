using Actors.ShippingService;
using Microsoft.AspNetCore.Mvc;

var app = WebApplication.CreateBuilder(args).Build();
var gate = new Lock();
var booked = new Dictionary<string, Parcel>(StringComparer.Ordinal);
var asked = 0;

// Every third request books its parcel and then fails, as a busy service does: whoever asks cannot know what became of it,
// and asks again under the same key, for which the parcel is there already.
app.MapPost("/parcels", (Shipment shipment, [FromHeader(Name = "Idempotency-Key")] string key) =>
{
    lock (gate)
    {
        if (!booked.TryGetValue(key, out var parcel))
        {
            booked[key] = parcel = Parcel.Of(shipment);
        }

        return ++asked % 3 == 0 ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Ok(parcel);
    }
});

app.MapGet("/parcels", () =>
{
    lock (gate)
    {
        return new { booked = booked.Count, asked };
    }
});

await app.RunAsync();
