using System.CommandLine;

namespace Helios.Relay;

/// <summary>The words of the relay's commands.</summary>
internal static class RelayCommandLine
{
    /// <param name="withOptions">Reads the settings, and runs a command with them.</param>
    /// <param name="refusing">Runs it, and makes a refusal a sentence and an exit code.</param>
    public static IEnumerable<Command> Create(
        Func<ParseResult, Func<RelayOptions, Task<int>>, Task<int>> withOptions,
        Func<Func<Task<int>>, Task<int>> refusing)
    {
        var run = new Command("run", "Takes readings over MQTT and brings them to the chain.");
        run.SetAction((arguments, ct) => withOptions(
            arguments, options => RunCommand.RunAsync(options, ct)));
        var status = new Command("status", "Prints what the database holds.");
        status.SetAction((arguments, ct) => withOptions(
            arguments, options => StatusCommand.RunAsync(options, Console.Out, ct)));
        return
        [
            run, status, Readings(withOptions), Resend(withOptions), Export(withOptions),
            Submit(withOptions), Verify(refusing), Password(refusing),
        ];
    }

    private static Command Readings(
        Func<ParseResult, Func<RelayOptions, Task<int>>, Task<int>> withOptions)
    {
        var meter = new Argument<string>("METER") { Description = "0x and 40 hex digits." };
        var readings = new Command("readings", "Prints a meter's stored readings.") { meter };
        readings.SetAction((arguments, _) => withOptions(
            arguments,
            options => Task.FromResult(ReadingsCommand.Run(
                options, arguments.GetRequiredValue(meter), Console.Out))));
        return readings;
    }

    private static Command Resend(
        Func<ParseResult, Func<RelayOptions, Task<int>>, Task<int>> withOptions)
    {
        var meter = new Argument<string?>("METER")
        {
            Description = "Whose readings to try again; without it, everybody's.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var resend = new Command(
            "resend", "Sends transactions again, and has what was given up tried again.")
        {
            meter,
        };
        resend.SetAction((arguments, ct) => withOptions(
            arguments,
            options => ResendCommand.RunAsync(
                options, arguments.GetValue(meter), Console.Out, ct)));
        return resend;
    }

    private static Command Export(
        Func<ParseResult, Func<RelayOptions, Task<int>>, Task<int>> withOptions)
    {
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet." };
        var meter = new Option<string?>("--meter") { Description = "Only this meter's readings." };
        var all = new Option<bool>("--all") { Description = "Also what the ledger has." };
        var export = new Command("export", "Writes signed readings into a file.")
        {
            file, meter, all,
        };
        export.SetAction((arguments, _) => withOptions(
            arguments,
            options => Task.FromResult(ExportCommand.Run(
                options,
                arguments.GetRequiredValue(file),
                arguments.GetValue(meter),
                arguments.GetValue(all),
                Console.Out))));
        return export;
    }

    private static Command Submit(
        Func<ParseResult, Func<RelayOptions, Task<int>>, Task<int>> withOptions)
    {
        var file = new Argument<string>("FILE") { Description = "A file that export wrote." };
        var straight = new Option<bool>("--straight")
        {
            Description = "To the ledger itself, without a relay's database.",
        };
        var submit = new Command("submit", "Takes signed readings from a file.")
        {
            file, straight,
        };
        submit.SetAction((arguments, ct) => withOptions(
            arguments,
            options => SubmitCommand.RunAsync(
                options,
                arguments.GetRequiredValue(file),
                arguments.GetValue(straight),
                Console.Out,
                ct)));
        return submit;
    }

    private static Command Verify(Func<Func<Task<int>>, Task<int>> refusing)
    {
        var file = new Argument<string>("FILE") { Description = "A file that export wrote." };
        var verify = new Command("verify", "Checks the signatures of a file; offline.") { file };
        verify.SetAction((arguments, _) => refusing(() => Task.FromResult(
            VerifyCommand.Run(arguments.GetRequiredValue(file), Console.Out))));
        return verify;
    }

    private static Command Password(Func<Func<Task<int>>, Task<int>> refusing)
    {
        var file = new Argument<string>("FILE") { Description = "What brokerPasswordFile names." };
        var user = new Argument<string>("USER")
        {
            Description = "A meter's 40 hex digits, or a name.",
        };
        var fromInput = new Option<bool>("--stdin")
        {
            Description = "Take one line of standard input.",
        };
        var password = new Command(
            "password", "Gives a client of the relay's own broker a password.")
        {
            file, user, fromInput,
        };
        password.SetAction((arguments, _) => refusing(() => Task.FromResult(PasswordCommand.Run(
            arguments.GetRequiredValue(file),
            arguments.GetRequiredValue(user),
            arguments.GetValue(fromInput) ? Console.In : null,
            Console.Out))));
        return password;
    }
}
