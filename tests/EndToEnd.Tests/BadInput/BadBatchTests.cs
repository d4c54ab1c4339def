using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

[Collection(RefusalCollection.Name)]
public sealed class BadBatchTests(RefusalFixture fixture)
{
    [Theory]
    [MemberData(nameof(BadBatches.Cases), MemberType = typeof(BadBatches))]
    public async Task Is_refused_over_rest_and_changes_nothing(BadBatch batch)
    {
        var designId = fixture.DesignOf(batch);
        var before = await fixture.StateAsync(designId);

        var reply = await fixture.Owner.PostTextAsync($"designs/{designId}/operations", batch.Json);

        Problems.Verify(reply, 422, batch.Code);
        Assert.Equal(before, await fixture.StateAsync(designId));
    }

    [Theory]
    [MemberData(nameof(BadBatches.Cases), MemberType = typeof(BadBatches))]
    public async Task Is_refused_over_the_hub_and_changes_nothing(BadBatch batch)
    {
        var designId = fixture.DesignOf(batch);
        var before = await fixture.StateAsync(designId);

        var result = await fixture.Hub.InvokeJsonAsync("Submit", $"[\"{designId}\",{batch.Json}]");

        Assert.Equal("refused", result.GetProperty("status").GetString());
        var error = result.GetProperty("error");
        Assert.Equal(batch.Code, error.GetProperty("code").GetString());
        Assert.False(string.IsNullOrWhiteSpace(error.GetProperty("detail").GetString()));
        Assert.False(error.GetProperty("retryable").GetBoolean());
        Assert.Equal(before, await fixture.StateAsync(designId));
    }
}
