using System.Text.Json;
using Actors.TestKit.Server;

namespace Actors.EndToEnd.Tests.BadInput;

internal static class Frames
{
    /// <summary>Asserts that a stream's last frame is an end with this code, and that the stream is over after it.</summary>
    public static async Task VerifyEndAsync(HubStream stream, string code, bool retry)
    {
        JsonElement frame;
        do
        {
            frame = await stream.NextAsync(Deadlines.Answer);
        }
        while (frame.GetProperty("kind").GetString() != "end");

        Assert.Equal(code, frame.GetProperty("code").GetString());
        Assert.Equal(retry, frame.GetProperty("retry").GetBoolean());
        Assert.Null(await stream.Ended.WaitAsync(Deadlines.Answer));
    }
}
