using System.CommandLine;
using Helios.Chain;

namespace Helios.Trading;

/// <summary>The words of the commands for signed offers.</summary>
internal static class OfferCommandLine
{
    /// <param name="trading">For commands that need the account's key.</param>
    /// <param name="looking">For commands that do not.</param>
    /// <param name="listingOf">Where tables are printed.</param>
    public static IReadOnlyList<Command> Create(
        MarketCommandLine.Run trading,
        MarketCommandLine.Run looking,
        Func<ParseResult, Listing> listingOf) =>
        [Sell(trading), Offers(looking, listingOf), Buy(trading), Cancel(trading)];

    private static Command Sell(MarketCommandLine.Run trading)
    {
        var (kwh, price) = (MarketCommandLine.Kwh(), MarketCommandLine.Price());
        var file = new Argument<string>("FILE") { Description = "A file that is not there yet." };
        var min = new Option<string?>("--min") { Description = "Least kWh of one purchase." };
        var buyer = new Option<string?>("--buyer") { Description = "Who alone may buy." };
        var days = new Option<uint>("--days")
        {
            Description = $"How long the offer stands, 1 to {Offer.DaysMax}.",
            DefaultValueFactory = static _ => 7,
        };
        var sell = new Command("sell", "Signs an offer into a file that anyone can pass on.")
        {
            kwh, price, file, min, buyer, days,
        };
        sell.SetAction((arguments, ct) => trading(arguments, options => SellCommand.RunAsync(
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

    private static Command Offers(
        MarketCommandLine.Run looking, Func<ParseResult, Listing> listingOf)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Offers, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var offers = new Command("offers", "Checks signed offers and prints them.") { files };
        offers.SetAction((arguments, ct) => looking(arguments, options => OffersCommand.RunAsync(
            options, arguments.GetRequiredValue(files), listingOf(arguments), ct)));
        return offers;
    }

    private static Command Buy(MarketCommandLine.Run trading)
    {
        var (file, kwh) = (OfferArgument(), MarketCommandLine.Kwh());
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
        buy.SetAction((arguments, ct) => trading(arguments, options => BuyCommand.RunAsync(
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

    private static Command Cancel(MarketCommandLine.Run trading)
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
        cancel.SetAction((arguments, ct) => trading(arguments, options => CancelCommand.RunAsync(
            options, arguments.GetValue(file), Console.Out, ct)));
        return cancel;
    }

    private static Argument<string> OfferArgument() => new("FILE")
    {
        Description = "An offer that `market sell` wrote.",
    };
}
