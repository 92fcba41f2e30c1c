using Helios.Chain;

namespace Helios.Relay;

/// <summary>Writes signed readings into a file that anybody can verify and submit.</summary>
internal static class ExportCommand
{
    /// <param name="options">Where the database is.</param>
    /// <param name="path">The file; it must not be there yet.</param>
    /// <param name="meter">Whose readings; null for everybody's.</param>
    /// <param name="isAll">Those that the ledger has, too.</param>
    /// <param name="output">Where it says how many.</param>
    public static int Run(
        RelayOptions options, string path, string? meter, bool isAll, TextWriter output)
    {
        Address? address = meter is null ? null : AddressText.Parse(meter, "meter");
        using var store = StoreFactory.OpenExisting(options);
        var count = store.Read(connection => ReadingFile.Write(
            path,
            options.ChainId,
            options.Ledger,
            ReadingHistory.ToCarry(connection, address, isAll)
                .Select(static one => new CarriedReading(one.Meter, one.Signed))));
        output.WriteLine($"{count} readings are in {path}.");
        return 0;
    }
}
