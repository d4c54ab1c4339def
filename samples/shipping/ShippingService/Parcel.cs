using System.Globalization;

namespace Actors.ShippingService;

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
