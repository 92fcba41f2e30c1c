using Helios.Chain;

namespace Helios.Enrolling;

/// <summary>What becomes of an enrolled meter: one transaction each.</summary>
internal static class MeterCommand
{
    /// <summary>Sends it at once: what it does can be undone.</summary>
    /// <param name="options">Which ledger, whose key.</param>
    /// <param name="meter">The meter as a person typed it.</param>
    /// <param name="calldataOf">The transaction.</param>
    /// <param name="done">What is true then: "is suspended".</param>
    /// <param name="output">Told what happened.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<int> RunAsync(
        CallerOptions options, string meter, Func<Address, byte[]> calldataOf, string done,
        TextWriter output, CancellationToken ct)
    {
        var address = AddressText.Parse(meter, "meter");
        using var ledger = await LedgerConnection.OpenAsync(options.Deployment, ct);
        var block = await ledger.SendAsync(options.Key, calldataOf(address), output, ct);
        output.WriteLine($"Meter {address} {done}, in block {block}.");
        return 0;
    }

    /// <summary>Shows the meter and asks before: what it does is for good.</summary>
    public static async Task<int> RunForGoodAsync(
        CallerOptions options, string meter, Func<Address, byte[]> calldataOf, string question,
        string done, Consent consent, CancellationToken ct)
    {
        var address = AddressText.Parse(meter, "meter");
        using var ledger = await LedgerConnection.OpenAsync(options.Deployment, ct);
        await ledger.TryAsync(options.Key.Address, calldataOf(address), ct);
        Show(address, await ledger.Directory.MeterAsync(address, ct), consent.Output);
        consent.Ask(question);
        var block = await ledger.SendAsync(options.Key, calldataOf(address), consent.Output, ct);
        consent.Output.WriteLine($"Meter {address} {done}, in block {block}.");
        return 0;
    }

    /// <summary>Prints what the ledger knows of a meter; needs no key.</summary>
    public static async Task<int> ShowAsync(
        LedgerOptions options, string meter, TextWriter output, CancellationToken ct)
    {
        var address = AddressText.Parse(meter, "meter");
        using var ledger = await LedgerConnection.OpenAsync(options, ct);
        var known = await ledger.Directory.MeterAsync(address, ct);
        Show(address, known, output);
        if (known.State is EnrolledState.Active or EnrolledState.Suspended)
        {
            var aheadWh = await ledger.ReturnedAheadWhOfAsync(address, ct);
            MeterText.Write(MeterText.OfReturnedAhead(aheadWh), output);
        }

        return 0;
    }

    private static void Show(Address address, EnrolledMeter meter, TextWriter output) =>
        MeterText.Write(MeterText.Of(address, meter), output);
}
