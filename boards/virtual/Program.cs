using Helios;
using Helios.Boards.Virtual;

try
{
    return await new CommandLine().RunAsync(args, (options, cancellation) =>
    {
        Console.WriteLine(options);
        return Task.FromResult(0);
    });
}
catch (BadInputException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}
