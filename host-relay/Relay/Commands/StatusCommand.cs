using System.Globalization;
using System.Numerics;
using Helios.Chain;

namespace Helios.Relay;

/// <summary>Prints what a relay's database holds, beside a running relay or without one.</summary>
internal static class StatusCommand
{
    private const ulong WeiPerGwei = 1_000_000_000;

    public static async Task<int> RunAsync(
        RelayOptions options, TextWriter output, CancellationToken ct)
    {
        using var store = StoreFactory.OpenExisting(options);
        var figures = FiguresReader.Read(store, new IntakeFigures(TimeProvider.System));
        PrintMeters(figures, output);
        PrintTotals(figures, output);
        await PrintSenderAsync(options, output, ct);
        return 0;
    }

    private static void PrintMeters(RelayFigures figures, TextWriter output)
    {
        output.WriteLine(
            $"{"meter",-42} {"stored",10} {"Wh",12} {"accepted",10} {"Wh",12} {"HEC",8} "
                + $"{"gas",10}");
        foreach (var meter in figures.Meters)
        {
            output.WriteLine(
                $"{meter.Meter} {meter.StoredPagination,10} {meter.StoredExportWh,12} "
                + $"{meter.AcceptedPagination,10} {meter.AcceptedExportWh,12} {meter.Coins,8} "
                + $"{meter.GasUsed,10}");
        }
    }

    private static void PrintTotals(RelayFigures figures, TextWriter output)
    {
        var skipped = string.Join(", ", figures.Skipped.Select(pair =>
            $"{(pair.Key == SkipReason.None ? "Reverted" : pair.Key.ToString())} {pair.Value}"));
        output.WriteLine(
            $"readings: {figures.Stored} stored, {figures.Pending} pending, "
                + $"{figures.Accepted} accepted, "
            + $"{figures.Superseded} superseded, skipped: "
            + $"{(skipped.Length == 0 ? "none" : skipped)}");
        output.WriteLine(
            $"transactions: {figures.Transactions} signed, {figures.Unconfirmed} unconfirmed, "
            + $"{figures.GasUsed} gas");
    }

    private static async Task PrintSenderAsync(
        RelayOptions options, TextWriter output, CancellationToken ct)
    {
        using var node = new ChainNode(options.RpcUrl, options.RpcTimeLimit);
        try
        {
            var balance = await node.BalanceWeiAsync(options.Sender.Address, ct);
            var gwei = ((BigInteger)(balance / WeiPerGwei)).ToString(CultureInfo.InvariantCulture);
            output.WriteLine($"sender: {options.Sender.Address} holds {gwei} gwei");
        }
        catch (Exception failure)
            when (failure is NodeUnreachableException or NodeRefusedException)
        {
            output.WriteLine(
                $"sender: {options.Sender.Address}, balance unknown. {failure.Message}");
        }
    }
}
