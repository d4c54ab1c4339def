using Actors.Domain.Identity;

namespace Actors.Domain.Tests.Identifiers;

public sealed class IdentifierTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Identifiers_are_in_the_order_in_which_they_were_made_within_a_millisecond_too()
    {
        var random = new Random(7);
        var made = new List<string>();
        for (var ticks = 0; ticks < 30_000; ticks += 7)
        {
            var bytes = new byte[Identifier.RandomBytes];
            random.NextBytes(bytes);
            made.Add(Identifier.Create(Identifier.Project, Start.AddTicks(ticks), bytes));
        }

        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.All(made, id => Assert.True(Identifier.IsValid(Identifier.Project, id)));
    }
}
