using Helios;
using Helios.Boards.Virtual;
using Helios.Chain;
using Helios.Relay;

try
{
    return await new CommandLine().RunAsync(args, NeighbourhoodRun.RunAsync);
}
catch (Exception mistake) when (mistake
    is BadInputException or StartRefusedException or NodeUnreachableException)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}
