using System.Collections;
using System.CommandLine;
using Helios;
using Helios.Bench;
using Helios.Chain;
using Helios.Control;
using Helios.Enrolling;
using Helios.Relay;
using Helios.Trading;

var config = new Option<string?>("--config")
{
    Description = "JSON file with the settings; HELIOS_... variables win over it.",
    HelpName = "FILE",
    Recursive = true,
};
var controlLog = new Command("log", "Prints every order that was signed, and why.");
controlLog.SetAction((arguments, _) => WithControlAsync(
    arguments, options => Task.FromResult(ControlLogCommand.Run(options, Console.Out))));
var setFile = new Argument<string>("FILE") { Description = "JSON file with the new set." };
var signSet = new Command("sign-set", "Adds a signature to a new set of controllers; offline.")
{
    setFile,
};
signSet.SetAction((arguments, _) => ReadingAsync<SigningOptions>(
    arguments.GetValue(config),
    ControlSettings.ReadSigning,
    options => Task.FromResult(
        SignSetCommand.Run(options, arguments.GetRequiredValue(setFile), Console.Out))));
var publishSet = new Command("publish-set", "Publishes a new set that enough have signed.")
{
    setFile,
};
publishSet.SetAction((arguments, ct) => WithControlAsync(
    arguments,
    options => PublishSetCommand.RunAsync(
        options, arguments.GetRequiredValue(setFile), Console.Out, ct)));
var audit = new Command("audit", "Names whoever signed more than the chain authorises.");
audit.SetAction((arguments, ct) => WithControlAsync(
    arguments, options => AuditCommand.RunAsync(options, Console.Out, ct)));
var control = new Command("control", "Signs what the chain finally authorises, for the meters.")
{
    controlLog, signSet, publishSet, audit,
};
control.SetAction((arguments, ct) => WithControlAsync(
    arguments, options => ControlCommand.RunAsync(options, ct)));
var root = new RootCommand(
    "Helios between MQTT and the chain: signed readings to the ledger, signed orders to the "
        + "meters, and the market.")
{
    config,
};
foreach (var command in RelayCommandLine.Create(WithRelayAsync, RefusingAsync))
{
    root.Add(command);
}

var meters = new EnrolmentCommandLine(
    (arguments, command) => ReadingAsync(
        arguments.GetValue(config), EnrolmentSettings.Read, command),
    (arguments, command) => ReadingAsync(
        arguments.GetValue(config), EnrolmentSettings.ReadDeployment, command),
    RefusingAsync);
foreach (var command in meters.Create())
{
    root.Add(command);
}

root.Add(control);
root.Add(MarketCommandLine.Create(
    (arguments, command) => ReadingAsync(
        arguments.GetValue(config), MarketSettings.Read, command),
    (arguments, command) => ReadingAsync(
        arguments.GetValue(config), MarketSettings.ReadLooking, command)));
root.Add(BenchCommandLine.Create(RefusingAsync));

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"{parsed.Errors[0].Message} Try --help.");
    return ExitCodes.Mistake;
}

return await parsed.InvokeAsync(new InvocationConfiguration
{
    // Ctrl-C and SIGTERM cancel the command; what it has begun may take so long to end.
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
});

Task<int> WithRelayAsync(ParseResult arguments, Func<RelayOptions, Task<int>> command) =>
    ReadingAsync(arguments.GetValue(config), RelaySettings.Read, command);

Task<int> WithControlAsync(ParseResult arguments, Func<ControlOptions, Task<int>> command) =>
    ReadingAsync(arguments.GetValue(config), ControlSettings.Read, command);

async Task<int> ReadingAsync<TOptions>(
    string? path, SettingsReader<TOptions> read, Func<TOptions, Task<int>> command)
    where TOptions : class
{
    var environment = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(
            static pair => (string)pair.Key,
            static pair => (string)pair.Value!,
            StringComparer.Ordinal);
    if (read(path, environment, out var mistakes) is not { } options)
    {
        foreach (var mistake in mistakes)
        {
            Console.Error.WriteLine(mistake);
        }

        return ExitCodes.Mistake;
    }

    return await RefusingAsync(() => command(options));
}

// A refusal is one sentence and no stack trace.
static async Task<int> RefusingAsync(Func<Task<int>> command)
{
    try
    {
        return await command();
    }
    catch (Exception refusal) when (refusal
        is StartRefusedException or FencedException or BadInputException
            or StoreUnavailableException or NodeUnreachableException or NodeRefusedException)
    {
        Console.Error.WriteLine(refusal.Message);
        return ExitCodes.Of(refusal);
    }
}
