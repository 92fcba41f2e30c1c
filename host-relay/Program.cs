using System.Collections;
using System.CommandLine;
using Helios.Relay;

const int ExitMistake = 2;

var config = new Option<string?>("--config")
{
    Description = "JSON file with the settings; HELIOS_... variables win over it.",
    HelpName = "FILE",
    Recursive = true,
};
var run = new Command("run", "Takes readings over MQTT and brings them to the chain.");
run.SetAction(
    (arguments, ct) => WithOptionsAsync(arguments, options => RunCommand.RunAsync(options, ct)));
var status = new Command("status", "Prints what the database holds.");
status.SetAction((arguments, ct) => WithOptionsAsync(
    arguments, options => StatusCommand.RunAsync(options, Console.Out, ct)));
var root = new RootCommand("Helios relay: signed readings from MQTT to the ReadingLedger.")
{
    run, status, config,
};

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"{parsed.Errors[0].Message} Try --help.");
    return ExitMistake;
}

return await parsed.InvokeAsync(new InvocationConfiguration
{
    // Ctrl-C and SIGTERM cancel the command; what it has begun may take so long to end.
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
});

async Task<int> WithOptionsAsync(ParseResult arguments, Func<RelayOptions, Task<int>> command)
{
    var environment = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(
            static pair => (string)pair.Key,
            static pair => (string)pair.Value!,
            StringComparer.Ordinal);
    var path = arguments.GetValue(config);
    if (RelaySettings.Read(path, environment, out var mistakes) is not { } options)
    {
        foreach (var mistake in mistakes)
        {
            Console.Error.WriteLine(mistake);
        }

        return ExitMistake;
    }

    try
    {
        return await command(options);
    }
    catch (Exception refusal) when (refusal is StartRefusedException or FencedException)
    {
        Console.Error.WriteLine(refusal.Message);
        return ExitMistake;
    }
}
