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
            line.List(), line.Create(), line.Account(), line.Sell(), line.Offers(), line.Buy(),
            line.Cancel(), line.Order(isBid: true), line.Order(isBid: false), line.Book(),
            line.Clear(), line.Withdraw(), line.History(), line.Standing(), line.Keep(),
        };
        return market;
    }

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

    private Command Sell()
    {
        var (kwh, price) = (Kwh(), Price());
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet." };
        var min = new Option<string?>("--min") { Description = "Least kWh of one purchase." };
        var buyer = new Option<string?>("--buyer") { Description = "Who alone may buy." };
        var days = new Option<uint>("--days")
        {
            Description = "How long the offer stands, 1 to 30.",
            DefaultValueFactory = static _ => 7,
        };
        var sell = new Command("sell", "Signs an offer into a file that anyone can pass on.")
        {
            kwh, price, file, min, buyer, days,
        };
        sell.SetAction((arguments, ct) => Trading(arguments, options => SellCommand.RunAsync(
            options,
            new SellCommand.Wish(
                arguments.GetRequiredValue(kwh),
                arguments.GetRequiredValue(price),
                arguments.GetRequiredValue(file),
                arguments.GetValue(min),
                arguments.GetValue(buyer),
                arguments.GetValue(days)),
            Console.Out,
            ct)));
        return sell;
    }

    private Command Offers()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Offers, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var offers = new Command("offers", "Checks signed offers and prints them.") { files };
        offers.SetAction((arguments, ct) => Looking(arguments, options => OffersCommand.RunAsync(
            options, arguments.GetRequiredValue(files), ListingOf(arguments), ct)));
        return offers;
    }

    private Command Buy()
    {
        var (file, kwh) = (OfferArgument(), Kwh());
        var most = new Option<string?>("--most")
        {
            Description = "The most per kWh; without it, the price in the file.",
        };
        var fewest = new Option<string?>("--fewest") { Description = "Least kWh to buy." };
        var within = new Option<uint>("--within-s")
        {
            Description = "How long the purchase may take, s.",
            DefaultValueFactory = static _ => 600,
        };
        var buy = new Command("buy", "Buys of a signed offer, as much as is left of it.")
        {
            file, kwh, most, fewest, within,
        };
        buy.SetAction((arguments, ct) => Trading(arguments, options => BuyCommand.RunAsync(
            options,
            new BuyCommand.Wish(
                arguments.GetRequiredValue(file),
                arguments.GetRequiredValue(kwh),
                arguments.GetValue(most),
                arguments.GetValue(fewest),
                arguments.GetValue(within)),
            Console.Out,
            ct)));
        return buy;
    }

    private Command Cancel()
    {
        var file = OfferArgument();
        file.Arity = ArgumentArity.ZeroOrOne;
        var all = new Option<bool>("--all") { Description = "All that the account has signed." };
        var cancel = new Command("cancel", "Takes a signed offer back.") { file, all };
        cancel.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(file) is not null))
            {
                result.AddError("Name either an offer's file or --all.");
            }
        });
        cancel.SetAction((arguments, ct) => Trading(arguments, options => CancelCommand.RunAsync(
            options, arguments.GetValue(file), Console.Out, ct)));
        return cancel;
    }

    private Command Order(bool isBid)
    {
        var (kwh, price) = (Kwh(), Price());
        var order = isBid
            ? new Command("bid", "Bids in the auction that is on; binding.") { kwh, price }
            : new Command("ask", "Asks in the auction that is on; binding.") { kwh, price };
        order.SetAction((arguments, ct) => Trading(arguments, options => OrderCommand.RunAsync(
            options,
            isBid,
            arguments.GetRequiredValue(kwh),
            arguments.GetRequiredValue(price),
            Console.Out,
            ct)));
        return order;
    }

    private Command Book()
    {
        var period = Period("without it, the one that is on");
        var book = new Command("book", "Prints an auction's orders.") { period };
        book.SetAction((arguments, ct) => Looking(arguments, options => BookCommand.RunAsync(
            options, arguments.GetValue(period), ListingOf(arguments), ct)));
        return book;
    }

    private Command Clear()
    {
        var period = Period("without it, all that have ended");
        var clear = new Command("clear", "Clears auctions that have ended.") { period };
        clear.SetAction((arguments, ct) => Trading(arguments, options => ClearCommand.RunAsync(
            options, arguments.GetValue(period), Console.Out, ct)));
        return clear;
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

    private Command Standing() => StandingCommandLine.Create(Trading, Looking, ListingOf);

    private static Argument<string> Kwh() => new("KWH") { Description = "Energy, kWh." };

    private static Argument<string> Price() => new("PRICE")
    {
        Description = "The token's unit per kWh.",
    };

    private static Argument<string> OfferArgument() => new("FILE")
    {
        Description = "An offer that `market sell` wrote.",
    };

    private static Argument<uint?> Period(string otherwise) => new("AUCTION")
    {
        Description = $"An auction's number; {otherwise}.",
        Arity = ArgumentArity.ZeroOrOne,
    };

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
