using Helios.Chain;
using Helios.Relay;

namespace Helios.Control;

/// <summary>Prints every order that a controller signed, and why.</summary>
internal static class ControlLogCommand
{
    public static int Run(ControlOptions options, TextWriter output)
    {
        if (!File.Exists(options.DatabasePath))
        {
            throw new StartRefusedException(
                $"There is no database {options.DatabasePath} yet: run the controller first, or "
                    + "correct database.");
        }

        using var store = ControlStore.Open(
            options.DatabasePath, options.ChainId, options.Ledger, options.Key.Address);
        foreach (var order in store.Orders())
        {
            var at = DateTimeOffset.FromUnixTimeSeconds((long)order.BlockTime);
            output.WriteLine(
                $"{order.Meter} up to {order.AuthorisedWh} Wh, block {order.BlockNumber} "
                + $"{order.BlockHash} of {at:yyyy-MM-dd HH:mm:ss}, {Hex.Of(order.Message)}");
        }

        return 0;
    }
}
