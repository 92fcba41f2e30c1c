using Helios.Chain;

namespace Helios.Relay;

/// <summary>Checks every signature of a file with readings, without network or settings.</summary>
internal static class VerifyCommand
{
    public static int Run(string path, TextWriter output)
    {
        var check = CarriedCheck.Of(path, Libsecp256k1.Installed, out var file);
        output.WriteLine($"For ledger {file.Ledger} on chain {file.ChainId}:");
        foreach (var group in check.Sound
            .GroupBy(static one => one.Meter)
            .OrderBy(static group => group.Key))
        {
            var newest = group.MaxBy(static one => one.Reading.Pagination)!.Reading;
            output.WriteLine(
                $"{group.Key} signed {group.Count()}, the newest with pagination "
                + $"{newest.Pagination}, {newest.ExportWh} Wh out, {newest.ImportWh} Wh in.");
        }

        return Refusals.Tell(check.Refusals);
    }
}
