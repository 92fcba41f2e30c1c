using Helios.Chain;
using Helios.Messaging;
using Helios.Metering;

namespace Helios.Relay;

/// <summary>Prints every stored reading of a meter, and what became of it.</summary>
internal static class ReadingsCommand
{
    public static int Run(RelayOptions options, string meter, TextWriter output)
    {
        var address = AddressText.Parse(meter, "meter");
        using var store = StoreFactory.OpenExisting(options);
        output.WriteLine(
            $"{"pagination",10} {"export Wh",12} {"import Wh",12} {"authorised",12} "
                + $"{"returned",12} {"taken at",-20} {"state",-26} {"HEC",6} transaction");
        var count = store.Read(connection =>
        {
            var printed = 0;
            foreach (var reading in ReadingHistory.Of(connection, address))
            {
                output.WriteLine(LineOf(reading));
                printed++;
            }

            return printed;
        });
        return count > 0
            ? 0
            : throw new BadInputException(
                $"There is no reading of meter {address} in the database: correct the address, "
                    + "or see `status` for the meters that there are.");
    }

    private static string LineOf(StoredReading stored)
    {
        if (ReadingCodec.Decode(stored.Signed, out var reading, out _) != CodecResult.Done)
        {
            return $"{Hex.Of(stored.Signed)} cannot be read: the database was altered.";
        }

        var hash = stored.TransactionHash is null ? "" : Hex.Of(stored.TransactionHash);
        var line = $"{reading.Pagination,10} {reading.ExportWh,12} {reading.ImportWh,12} "
            + $"{reading.AuthorisedWh,12} {reading.ReturnedWh,12} {TakenAt(reading),-20} "
            + $"{StateOf(stored),-26} {stored.Coins,6} {hash}";
        return line.TrimEnd();
    }

    // What a meter believes of the time, and the letter of OCMF for how well.
    private static string TakenAt(Reading reading)
    {
        var letter = "UISR"[reading.Status & 3];
        return reading.TakenAt is 0 or > int.MaxValue
            ? $"- {letter}"
            : $"{DateTimeOffset.FromUnixTimeSeconds((long)reading.TakenAt):yyyy-MM-dd HH:mm} "
                + letter;
    }

    private static string StateOf(StoredReading stored) => stored.State switch
    {
        ReadingState.Skipped when stored.Reason == SkipReason.None => "given up: it reverted",
        ReadingState.Skipped => $"given up: {stored.Reason}",
        var state => $"{state}".ToLowerInvariant(),
    };
}
