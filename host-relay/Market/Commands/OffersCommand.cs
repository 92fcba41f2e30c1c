using Helios.Chain;

namespace Helios.Trading;

/// <summary>Checks signed offers and prints what is to be had of each.</summary>
internal static class OffersCommand
{
    /// <param name="options">Which market, and perhaps who wants to buy.</param>
    /// <param name="paths">Files, or folders of files whose names end in .json.</param>
    /// <param name="listing">Where they are printed.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>0; 2 if a file is no offer.</returns>
    public static async Task<int> RunAsync(
        MarketOptions options, IReadOnlyList<string> paths, Listing listing,
        CancellationToken ct)
    {
        using var session = await MarketSession.OpenAsync(options, ct);
        var (rows, refusals) = (new List<OfferRow>(), new List<string>());
        foreach (var path in paths.SelectMany(FilesIn))
        {
            try
            {
                var file = OfferFile.Read(path);
                var check = await OfferCheck.OfAsync(session, file, session.Account, ct);
                rows.Add(RowOf(session.Steps, path, file.Offer, check));
            }
            catch (BadInputException refusal)
            {
                refusals.Add(refusal.Message);
            }
        }

        Print(session, listing, [.. rows.OrderBy(static row => row.Ticks)]);
        return Relay.Refusals.Tell(refusals);
    }

    private static void Print(
        MarketSession session, Listing listing, IReadOnlyList<OfferRow> rows) => listing.Print(
        rows,
        $"{rows.Count} offer(s) for {session.Steps.Symbol}, the cheapest first:",
        ("file", false, static row => row.File),
        ("kWh to be had", true, static row => row.AvailableKwh),
        ("of kWh", true, static row => row.Kwh),
        ("price per kWh", true, static row => row.Price),
        ("least kWh", true, static row => row.MinKwh),
        ("until", false, static row => row.Until),
        ("seller", false, static row => row.Seller),
        ("note", false, static row => row.Problem ?? ""));

    private static IEnumerable<string> FilesIn(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.json").Order(StringComparer.Ordinal)
        : [path];

    private static OfferRow RowOf(
        MarketSteps steps, string path, Offer offer, OfferCheck check) => new(
        path,
        steps.KwhOf(check.AvailableLots),
        steps.KwhOf(offer.Lots),
        steps.PriceOf(offer.Ticks),
        steps.KwhOf(offer.MinLots),
        ChainTime.Of(offer.ValidUntil),
        $"{offer.Seller}",
        check.AvailableLots,
        offer.Ticks,
        check.Problem);

    private sealed record OfferRow(
        string File,
        string AvailableKwh,
        string Kwh,
        string Price,
        string MinKwh,
        string Until,
        string Seller,
        ulong AvailableLots,
        ushort Ticks,
        string? Problem);
}
