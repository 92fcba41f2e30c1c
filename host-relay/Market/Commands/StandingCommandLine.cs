using System.CommandLine;

namespace Helios.Trading;

/// <summary>The words of the commands for standing orders.</summary>
internal static class StandingCommandLine
{
    /// <param name="trading">For commands that need the account's key.</param>
    /// <param name="looking">For commands that do not.</param>
    /// <param name="listingOf">Where tables are printed.</param>
    public static Command Create(
        MarketCommandLine.Run trading,
        MarketCommandLine.Run looking,
        Func<ParseResult, Listing> listingOf)
    {
        var show = new Command("show", "Prints the standing orders of a meter.");
        var meter = MeterOf(show);
        show.SetAction((arguments, ct) => looking(
            arguments, options => StandingCommands.ShowAsync(
                options, arguments.GetRequiredValue(meter), listingOf(arguments), ct)));
        return new Command("standing", "Orders that enter auctions by themselves.")
        {
            Sell(trading), Buy(trading), End(trading), show,
        };
    }

    private static Command Sell(MarketCommandLine.Run trading)
    {
        var sell = new Command("sell", "Sells what a meter earns from now on.");
        var meter = MeterOf(sell);
        var price = new Argument<string>("PRICE") { Description = "No less than this per kWh." };
        sell.Add(price);
        sell.SetAction((arguments, ct) => trading(arguments, options => StandingCommands.SellAsync(
            options,
            arguments.GetRequiredValue(meter),
            arguments.GetRequiredValue(price),
            Console.Out,
            ct)));
        return sell;
    }

    private static Command Buy(MarketCommandLine.Run trading)
    {
        var buy = new Command("buy", "Keeps energy open on a meter, and redeems for it.");
        var meter = MeterOf(buy);
        var keep = new Argument<string>("KEEP_KWH") { Description = "Energy to keep open." };
        var daily = new Argument<string>("DAILY_KWH") { Description = "The most in a day." };
        var price = new Argument<string>("PRICE") { Description = "No more than this per kWh." };
        var budget = new Option<string?>("--budget")
        {
            Description = "What the market may take of this account in all, in the token's unit.",
            HelpName = "AMOUNT",
        };
        buy.Add(keep);
        buy.Add(daily);
        buy.Add(price);
        buy.Add(budget);
        buy.SetAction((arguments, ct) => trading(arguments, options => StandingCommands.BuyAsync(
            options,
            arguments.GetRequiredValue(meter),
            new StandingCommands.PurchaseWish(
                arguments.GetRequiredValue(keep),
                arguments.GetRequiredValue(daily),
                arguments.GetRequiredValue(price),
                arguments.GetValue(budget)),
            Console.Out,
            ct)));
        return buy;
    }

    private static Command End(MarketCommandLine.Run trading)
    {
        var end = new Command("end", "Ends a standing order of a meter.");
        var meter = MeterOf(end);
        var which = new Argument<string>("WHICH") { Description = "sell or buy." };
        which.AcceptOnlyFromAmong("sell", "buy");
        end.Add(which);
        end.SetAction((arguments, ct) => trading(arguments, options => StandingCommands.EndAsync(
            options,
            arguments.GetRequiredValue(meter),
            arguments.GetRequiredValue(which) is "sell",
            Console.Out,
            ct)));
        return end;
    }

    private static Argument<string> MeterOf(Command command)
    {
        var meter = new Argument<string>("METER") { Description = "0x and 40 hex digits." };
        command.Add(meter);
        return meter;
    }
}
