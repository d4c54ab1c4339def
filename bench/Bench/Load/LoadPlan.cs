namespace Actors.Bench.Load;

/// <summary>A shape of load.</summary>
/// <param name="Name">The row's name in the report.</param>
/// <param name="Rooms">Designs that are edited at once.</param>
/// <param name="Clients">Connections that watch each design.</param>
/// <param name="Rate">Edits a second of each writer.</param>
/// <param name="AllWrite">Whether every client writes, or only each room's first.</param>
/// <param name="Nodes">Nodes of each design.</param>
/// <param name="Seconds">Length of the measured window.</param>
/// <param name="Warmup">Seconds of the same load before the window.</param>
/// <param name="Paused">Further connections of the first room that watch and do not read.</param>
internal sealed record LoadPlan(
    string Name,
    int Rooms,
    int Clients,
    double Rate,
    bool AllWrite,
    int Nodes = 200,
    double Seconds = 20,
    double Warmup = 5,
    int Paused = 0);
