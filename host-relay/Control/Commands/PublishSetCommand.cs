using Microsoft.Extensions.Logging.Abstractions;

namespace Helios.Control;

/// <summary>
/// Publishes a new set of controllers that enough of the old ones have signed to each meter, and
/// keeps it, so that a controller that runs gives it to a broker that forgot.
/// </summary>
internal static class PublishSetCommand
{
    public static async Task<int> RunAsync(
        ControlOptions options, string path, TextWriter output, CancellationToken ct)
    {
        var file = SetFile.Read(path);
        var message = new SetSigning(options.ChainId, options.Ledger).MessageOf(file);
        using var store = ControlStore.Open(
            options.DatabasePath, options.ChainId, options.Ledger, options.Key.Address);
        store.Add(options.Meters, searchedTo: null);
        if (store.Meters.Length == 0)
        {
            throw new BadInputException(
                $"The database {options.DatabasePath} knows no meter yet: run the controller "
                    + "first, or give the meters.");
        }

        store.Keep(file.Set.Number, message);
        using var link = new OrderLink(options, store, NullLogger.Instance);
        await link.ConnectAsync(ct);
        output.WriteLine(
            $"Set {file.Set.Number} is published to {store.Meters.Length - link.MetersRefused} of "
                + $"{store.Meters.Length} meter(s). Each obeys it once it has checked it.");
        return 0;
    }
}
