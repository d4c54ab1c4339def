using Actors.Bench;
using Actors.Bench.Scenarios;

const string Usage = """
    dotnet run -c Release --project bench/Bench -- <scenario> [options]

      hot-room     --clients 50 --rate 20 --writers all|one --rooms 1 --nodes 200
      many-rooms   --rooms 200 --clients 2 --rate 2 --writers one|all
      edit-cost    --nodes 200,20000 --rate 500
      slow-client  --clients 50 --rate 20
      start-up     --times 5 --edits 5000
      resume       --changes 0,100,1000,10000 --times 5
      time-travel  --changes 5000 --times 30
      run-pipeline --nodes 10 --tokens 100000 --times 3
      run-start    --times 300
      run-waiting  --runs 10000
      run-backpressure --tokens 1000000

    for all     --pin 0/1              the server's and the load's processors
                --storage sqlite|postgresql   the second from the installed binaries, or --connection "<connection string>"
                --data <folder>        where the server's temporary data goes
                --json <file>          the rows as JSON
    for load    --seconds 20 --warmup 5
    """;

try
{
    var options = new Options(args);
    var (_, processors) = Pinning.Parse(options.Text("pin"));
    Func<Options, Report, Task>? scenario = options.Scenario switch
    {
        "hot-room" => LoadScenarios.HotRoomAsync,
        "many-rooms" => LoadScenarios.ManyRoomsAsync,
        "edit-cost" => LoadScenarios.EditCostAsync,
        "slow-client" => LoadScenarios.SlowClientAsync,
        "start-up" => StartUp.RunAsync,
        "resume" => Resume.RunAsync,
        "time-travel" => TimeTravel.RunAsync,
        "run-pipeline" => RunScenarios.PipelineAsync,
        "run-start" => RunScenarios.StartAsync,
        "run-waiting" => RunScenarios.WaitingAsync,
        "run-backpressure" => RunScenarios.BackPressureAsync,
        _ => null,
    };
    if (scenario is null)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    if (await Pinning.RunAgainAsync(processors, args) is { } code)
    {
        return code;
    }

    await scenario(options, new Report(string.Join(' ', args)));
    return 0;
}
catch (Exception failure) when (failure is UsageException or FileNotFoundException)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}
