using System.CommandLine;
using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>The words of the commands about meters.</summary>
/// <param name="withCaller">Reads the settings, and runs a command with them.</param>
/// <param name="withLedger">The same for a command that needs no key.</param>
/// <param name="refusing">Runs it, and makes a refusal a sentence and an exit code.</param>
internal sealed class EnrolmentCommandLine(
    Func<ParseResult, Func<CallerOptions, Task<int>>, Task<int>> withCaller,
    Func<ParseResult, Func<LedgerOptions, Task<int>>, Task<int>> withLedger,
    Func<Func<Task<int>>, Task<int>> refusing)
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "What the meter printed at boot, alone or in a console's log; - is standard "
            + "input; mqtt://broker/METER takes what it retains there.",
    };

    private readonly Argument<string> _meter = new("METER") { Description = "0x and 40 hex digits." };

    private readonly Argument<ulong> _finalImport = new("WH")
    {
        Description = "Import register, read off the kWh meter, Wh.",
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Sends without asking." };

    /// <summary>enrol, and meter with what else there is to do.</summary>
    public IEnumerable<Command> Create()
    {
        var enrol = new Command("enrol", "Admits a meter with what it signed; an enroller's.")
        {
            _file, _yes,
        };
        enrol.SetAction((arguments, ct) => withCaller(arguments, options => EnrolCommand.EnrolAsync(
            options, arguments.GetRequiredValue(_file), ConsentIn(arguments), ct)));
        return
        [
            enrol,
            new Command("meter", "Shows an enrolled meter, and changes what the ledger does with it.")
            {
                Show(), Qr(),
                Change("suspend", "Refuses its readings for a while; its enroller's.",
                    DirectoryCalls.Suspend, "is suspended"),
                Change("resume", "Takes its readings again; its enroller's.",
                    DirectoryCalls.Resume, "is active"),
                Revoke(), Replace(), Offer(), Accept(), ProveClone(),
                Change("clear-clone", "Resumes it after a clone proof; its enroller's.",
                    DirectoryCalls.ClearClone, "is active, and what was proven is used up"),
                OfferFinalImport(), AcceptFinalImport(),
            },
        ];
    }

    private static Consent ConsentOf(bool isGiven) => new(isGiven, Console.In, Console.Out);

    private Consent ConsentIn(ParseResult arguments) => ConsentOf(arguments.GetValue(_yes));

    private Command Show()
    {
        var show = new Command("show", "Prints what the ledger knows of it; needs no key.")
        {
            _meter,
        };
        show.SetAction((arguments, ct) => withLedger(arguments, options => MeterCommand.ShowAsync(
            options, arguments.GetRequiredValue(_meter), Console.Out, ct)));
        return show;
    }

    private Command Qr()
    {
        var given = new Argument<string>("FILE|METER")
        {
            Description = "What the meter printed at boot, or its address.",
        };
        var qr = new Command("qr", "Prints either as a QR code; needs no network.") { given };
        qr.SetAction((arguments, _) => refusing(() => Task.FromResult(
            QrCommand.Run(arguments.GetRequiredValue(given), Console.Out))));
        return qr;
    }

    private Command Change(
        string name, string description, Func<Address, byte[]> calldataOf, string done)
    {
        var change = new Command(name, description) { _meter };
        change.SetAction((arguments, ct) => withCaller(arguments, options => MeterCommand.RunAsync(
            options, arguments.GetRequiredValue(_meter), calldataOf, done, Console.Out, ct)));
        return change;
    }

    private Command Revoke()
    {
        var revoke = new Command("revoke", "Ends it for good: it mints no more; its enroller's.")
        {
            _meter, _yes,
        };
        revoke.SetAction((arguments, ct) => withCaller(
            arguments,
            options => MeterCommand.RunForGoodAsync(
                options,
                arguments.GetRequiredValue(_meter),
                DirectoryCalls.Revoke,
                "Revoke it for good? The part of a coin that it began is lost; replace keeps it.",
                "is closing",
                ConsentIn(arguments),
                ct)));
        return revoke;
    }

    private Command Replace()
    {
        var replace = new Command(
            "replace", "Admits a meter of the same owner in its place; its enroller's.")
        {
            _meter, _file, _yes,
        };
        replace.SetAction((arguments, ct) => withCaller(
            arguments,
            options => EnrolCommand.ReplaceAsync(
                options,
                arguments.GetRequiredValue(_meter),
                arguments.GetRequiredValue(_file),
                ConsentIn(arguments),
                ct)));
        return replace;
    }

    private Command Offer()
    {
        var newOwner = new Argument<string>("OWNER") { Description = "To whom." };
        var offer = new Command("offer", "Offers it to a new owner; its owner's.")
        {
            _meter, newOwner,
        };
        offer.SetAction((arguments, ct) => withCaller(arguments, options =>
        {
            var owner = AddressText.Parse(arguments.GetRequiredValue(newOwner), "owner");
            return MeterCommand.RunAsync(
                options,
                arguments.GetRequiredValue(_meter),
                meter => DirectoryCalls.Offer(meter, owner),
                $"is offered to {owner}",
                Console.Out,
                ct);
        }));
        return offer;
    }

    private Command Accept()
    {
        var accept = new Command("accept", "Takes over a meter that was offered; a new owner's.")
        {
            _file, _yes,
        };
        accept.SetAction((arguments, ct) => withCaller(
            arguments,
            options => EnrolCommand.AcceptAsync(
                options, arguments.GetRequiredValue(_file), ConsentIn(arguments), ct)));
        return accept;
    }

    private Command ProveClone()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files that export wrote, of one relay or of several.",
            Arity = ArgumentArity.OneOrMore,
        };
        var prove = new Command(
            "prove-clone", "Suspends meters whose readings cannot all be true; anybody's.")
        {
            files,
        };
        prove.SetAction((arguments, ct) => withCaller(
            arguments,
            options => ProveCloneCommand.RunAsync(
                options, arguments.GetRequiredValue(files), Console.Out, ct)));
        return prove;
    }

    private Command OfferFinalImport()
    {
        var offer = new Command(
            "offer-final-import", "Says where the kWh meter of a closing one stands; its owner's.")
        {
            _meter, _finalImport,
        };
        offer.SetAction((arguments, ct) => withCaller(arguments, options =>
        {
            var wh = arguments.GetRequiredValue(_finalImport);
            return MeterCommand.RunAsync(
                options,
                arguments.GetRequiredValue(_meter),
                meter => DirectoryCalls.OfferFinalImport(meter, wh),
                $"ends at {wh} Wh, says its owner",
                Console.Out,
                ct);
        }));
        return offer;
    }

    private Command AcceptFinalImport()
    {
        var accept = new Command(
            "accept-final-import", "Declares it dead at what its owner said; its enroller's.")
        {
            _meter, _finalImport, _yes,
        };
        accept.SetAction((arguments, ct) => withCaller(arguments, options =>
        {
            var wh = arguments.GetRequiredValue(_finalImport);
            return MeterCommand.RunForGoodAsync(
                options,
                arguments.GetRequiredValue(_meter),
                meter => DirectoryCalls.AcceptFinalImport(meter, wh),
                $"Does its kWh meter show {wh} Wh? It is dead after that, for good.",
                "is dead",
                ConsentIn(arguments),
                ct);
        }));
        return accept;
    }
}
