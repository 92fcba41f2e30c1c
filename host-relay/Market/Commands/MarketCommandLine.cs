using System.CommandLine;
using Helios.Chain;

namespace Helios.Trading;

/// <summary>The words of the market's commands.</summary>
internal sealed class MarketCommandLine
{
    private readonly Run _trading;
    private readonly Run _looking;

    private readonly Option<string?> _market = new("--market")
    {
        Description = "Which market, as `market list` prints it; wins over the settings.",
        HelpName = "ID",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Prints tables as JSON.",
        Recursive = true,
    };

    private MarketCommandLine(Run trading, Run looking)
    {
        (_trading, _looking) = (trading, looking);
    }

    /// <summary>Reads the settings and runs a command with them.</summary>
    internal delegate Task<int> Run(
        ParseResult arguments, Func<MarketOptions, Task<int>> command);

    /// <param name="trading">For commands that need the account's key.</param>
    /// <param name="looking">For commands that do not.</param>
    public static Command Create(Run trading, Run looking)
    {
        var line = new MarketCommandLine(trading, looking);
        var market = new Command("market", "Trades coins for what people pay with.")
        {
            line._market, line._json,
            line.List(), line.Create(), line.Account(),
        };
        foreach (var command in (IEnumerable<Command>)
        [
            .. OfferCommandLine.Create(line.Trading, line.Looking, line.ListingOf),
            .. AuctionCommandLine.Create(line.Trading, line.Looking, line.ListingOf),
            line.Withdraw(),
            line.History(),
            StandingCommandLine.Create(line.Trading, line.Looking, line.ListingOf),
            line.Keep(),
        ])
        {
            market.Add(command);
        }

        return market;
    }

    /// <summary>Energy of an order or offer.</summary>
    public static Argument<string> Kwh() => new("KWH") { Description = "Energy, kWh." };

    /// <summary>Its price.</summary>
    public static Argument<string> Price() => new("PRICE")
    {
        Description = "The token's unit per kWh.",
    };

    private Command List()
    {
        var list = new Command("list", "Prints the markets that there are.");
        list.SetAction((arguments, ct) => Looking(
            arguments, options => ListCommand.RunAsync(options, ListingOf(arguments), ct)));
        return list;
    }

    private Command Create()
    {
        var token = new Option<string?>("--token")
        {
            Description = "An ERC-20 to pay with; without it, the chain's own coin.",
            HelpName = "ADDRESS",
        };
        var lotWh = new Option<uint>("--lot-wh")
        {
            Description = "Energy of a lot, Wh.",
            DefaultValueFactory = static _ => 100,
        };
        var tick = new Option<string>("--tick")
        {
            Description = "The lowest price and the step of prices, per kWh.",
            HelpName = "PRICE",
            Required = true,
        };
        var create = new Command("create", "Makes a market; prices are 1 to 1024 ticks.")
        {
            token, lotWh, tick,
        };
        create.SetAction((arguments, ct) => Trading(arguments, options => CreateCommand.RunAsync(
            options,
            arguments.GetValue(token),
            arguments.GetValue(lotWh),
            arguments.GetRequiredValue(tick),
            Console.Out,
            ct)));
        return create;
    }

    private Command Account()
    {
        var account = new Command("account", "Prints what the account has and can withdraw.");
        account.SetAction((arguments, ct) => Trading(
            arguments, options => AccountCommand.RunAsync(options, ListingOf(arguments), ct)));
        return account;
    }

    private Command Withdraw()
    {
        var to = new Option<string?>("--to")
        {
            Description = "Who gets it; without it, the account itself.",
            HelpName = "ADDRESS",
        };
        var coinsOnly = new Option<bool>("--coins-only")
        {
            Description = "Leaves the money, should its token refuse to move.",
        };
        var withdraw = new Command(
            "withdraw", "Settles the account's orders and pays what is credited to it.")
        {
            to, coinsOnly,
        };
        withdraw.SetAction((arguments, ct) => Trading(
            arguments, options => WithdrawCommand.RunAsync(
                options, arguments.GetValue(to), arguments.GetValue(coinsOnly), Console.Out, ct)));
        return withdraw;
    }

    private Command History()
    {
        var days = new Option<uint>("--days")
        {
            Description = "How far back.",
            DefaultValueFactory = static _ => 7,
        };
        var own = new Option<bool>("--own") { Description = "The account's own orders instead." };
        var history = new Command("history", "Prints what was traded.") { days, own };
        history.SetAction((arguments, ct) => arguments.GetValue(own)
            ? Trading(arguments, options => HistoryCommand.RunOwnAsync(
                options, ListingOf(arguments), ct))
            : Looking(arguments, options => HistoryCommand.RunAsync(
                options, arguments.GetValue(days), ListingOf(arguments), ct)));
        return history;
    }

    private Command Keep()
    {
        var keep = new Command(
            "keep", "Clears, settles and triggers standing orders until Ctrl-C.");
        keep.SetAction((arguments, ct) => Trading(
            arguments, options => KeepCommand.RunAsync(options, ct)));
        return keep;
    }

    private Listing ListingOf(ParseResult arguments) =>
        new(Console.Out, arguments.GetValue(_json));

    private Task<int> Trading(ParseResult arguments, Func<MarketOptions, Task<int>> command) =>
        _trading(arguments, options => command(Chosen(arguments, options)));

    private Task<int> Looking(ParseResult arguments, Func<MarketOptions, Task<int>> command) =>
        _looking(arguments, options => command(Chosen(arguments, options)));

    private MarketOptions Chosen(ParseResult arguments, MarketOptions options)
    {
        if (arguments.GetValue(_market) is not { } text)
        {
            return options;
        }

        return Bytes32.TryParse(text, out var market)
            ? options with { Market = market }
            : throw new BadInputException(
                $"'{text}' is no market: 0x and 64 hex digits are, as `market list` prints them.");
    }
}
