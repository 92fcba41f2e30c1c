using System.CommandLine;

namespace Helios.Trading;

/// <summary>The words of the commands for auctions.</summary>
internal static class AuctionCommandLine
{
    /// <param name="trading">For commands that need the account's key.</param>
    /// <param name="looking">For commands that do not.</param>
    /// <param name="listingOf">Where tables are printed.</param>
    public static IReadOnlyList<Command> Create(
        MarketCommandLine.Run trading,
        MarketCommandLine.Run looking,
        Func<ParseResult, Listing> listingOf) =>
        [
            Order(trading, isBid: true), Order(trading, isBid: false), Book(looking, listingOf),
            Clear(trading),
        ];

    private static Command Order(MarketCommandLine.Run trading, bool isBid)
    {
        var (kwh, price) = (MarketCommandLine.Kwh(), MarketCommandLine.Price());
        var order = isBid
            ? new Command("bid", "Bids in the auction that is on; binding.") { kwh, price }
            : new Command("ask", "Asks in the auction that is on; binding.") { kwh, price };
        order.SetAction((arguments, ct) => trading(arguments, options => OrderCommand.RunAsync(
            options,
            isBid,
            arguments.GetRequiredValue(kwh),
            arguments.GetRequiredValue(price),
            Console.Out,
            ct)));
        return order;
    }

    private static Command Book(
        MarketCommandLine.Run looking, Func<ParseResult, Listing> listingOf)
    {
        var period = Period("without it, the one that is on");
        var book = new Command("book", "Prints an auction's orders.") { period };
        book.SetAction((arguments, ct) => looking(arguments, options => BookCommand.RunAsync(
            options, arguments.GetValue(period), listingOf(arguments), ct)));
        return book;
    }

    private static Command Clear(MarketCommandLine.Run trading)
    {
        var period = Period("without it, all that have ended");
        var clear = new Command("clear", "Clears auctions that have ended.") { period };
        clear.SetAction((arguments, ct) => trading(arguments, options => ClearCommand.RunAsync(
            options, arguments.GetValue(period), Console.Out, ct)));
        return clear;
    }

    private static Argument<uint?> Period(string otherwise) => new("AUCTION")
    {
        Description = $"An auction's number; {otherwise}.",
        Arity = ArgumentArity.ZeroOrOne,
    };
}
