using System.Globalization;
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

/// <summary>A line of the table, as it comes.</summary>
internal sealed record Shipment(string Order, string Country, string Kilograms);

internal sealed record Parcel(string Order, string Country, string Number, decimal Cost)
{
    public static Parcel Of(Shipment shipment)
    {
        var kilograms = decimal.Parse(shipment.Kilograms, CultureInfo.InvariantCulture);
        return new Parcel(shipment.Order, shipment.Country, $"P-{shipment.Order}", 3.50m + (kilograms * 0.80m));
    }
}
