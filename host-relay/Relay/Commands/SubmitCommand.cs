using Helios.Chain;

namespace Helios.Relay;

/// <summary>
/// Takes a file with signed readings: into the relay's database or, without any, straight to the
/// ledger. A reading that is refused keeps no other from being taken.
/// </summary>
internal static class SubmitCommand
{
    public static async Task<int> RunAsync(
        RelayOptions options, string path, bool isStraight, TextWriter output,
        CancellationToken ct)
    {
        var check = CarriedCheck.Of(
            path, options.MayUseLibsecp256k1 ? Libsecp256k1.Installed : null, out var file);
        if (file.ChainId != options.ChainId || file.Ledger != options.Ledger)
        {
            throw new BadInputException(
                $"{path} is for ledger {file.Ledger} on chain {file.ChainId}, not for "
                    + $"{options.Ledger} on chain {options.ChainId}: correct ledger and chainId, "
                    + "or name another file.");
        }

        using var node = new ChainNode(options.RpcUrl, options.RpcTimeLimit);
        var ledger = new LedgerContract(node, options.Ledger);
        var head = await DeploymentCheck.RunAsync(node, ledger, options.ChainId, ct);
        var refusals = isStraight
            ? await GoStraightAsync(options, node, ledger, check.Sound, head, output, ct)
            : await StoreAsync(options, ledger, check.Sound, head, output, ct);
        return Refusals.Tell([.. check.Refusals, .. refusals]);
    }

    private static async Task<IReadOnlyList<string>> StoreAsync(
        RelayOptions options, LedgerContract ledger, IReadOnlyList<VerifiedReading> readings,
        Block head, TextWriter output, CancellationToken ct)
    {
        using var store = StoreFactory.OpenExisting(options);
        var (stored, known, refusals) = await new CarriedIntake(store, ledger)
            .StoreAsync(readings, head, ct);
        output.WriteLine(
            $"{stored} readings stored for the relay to submit, {known} were known.");
        return refusals;
    }

    private static Task<IReadOnlyList<string>> GoStraightAsync(
        RelayOptions options, ChainNode node, LedgerContract ledger,
        IReadOnlyList<VerifiedReading> readings, Block head, TextWriter output,
        CancellationToken ct)
    {
        if (IsKeyInUse(options, head))
        {
            throw new BadInputException(
                $"A relay signs with the key of {options.Sender.Address}, or did two minutes "
                    + "ago: leave out --straight, or give another key.");
        }

        return new StraightSubmission(node, ledger, options, output)
            .RunAsync(readings, head, ct);
    }

    // Two that sign with one key stop each other. A database that is away is no reason to refuse:
    // that may be why somebody goes straight.
    private static bool IsKeyInUse(RelayOptions options, Block head)
    {
        try
        {
            using var store = StoreFactory.OpenExisting(options);
            return store.Read(connection => SenderLease.IsHeld(
                connection, options.Sender.Address, head.Timestamp));
        }
        catch (Exception failure)
            when (failure is StartRefusedException or StoreUnavailableException)
        {
            return false;
        }
    }
}
