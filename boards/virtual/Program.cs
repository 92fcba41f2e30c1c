using Helios;
using Helios.Boards.Virtual;
using Helios.Relay;

try
{
    return await new CommandLine().RunAsync(args, NeighbourhoodRun.RunAsync);
}
catch (Exception mistake) when (mistake is BadInputException or StartRefusedException)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}
