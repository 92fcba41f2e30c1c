using Helios.Chain;

namespace Helios.Trading;

/// <summary>Takes one offer back, or all.</summary>
internal static class CancelCommand
{
    /// <param name="options">Where, and whose.</param>
    /// <param name="path">The offer; null: all that the account has signed.</param>
    /// <param name="output">What is said.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<int> RunAsync(
        MarketOptions options, string? path, TextWriter output, CancellationToken ct)
    {
        using var session = await MarketSession.OpenContractAsync(options, ct);
        var account = session.AccountOf(output);
        if (path is null)
        {
            await account.SendAsync(MarketCalls.RaiseEpoch(), ct);
            output.WriteLine($"All offers that {account.Address} has signed are taken back.");
            return 0;
        }

        await account.SendAsync(MarketCalls.CancelOffer(OfferFile.Read(path).Offer), ct);
        output.WriteLine($"The offer {path} is taken back.");
        return 0;
    }
}
