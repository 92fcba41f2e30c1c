using System.Text;
using Helios.Signing;

namespace Helios.Chain;

/// <summary>
/// What a seller signs: EIP-712, in the domain of one energy market, which is not that of meters.
/// </summary>
public sealed class OfferDigest
{
    private const string OfferType = "Offer(address seller,bytes32 market,uint48 lots,uint16 ticks,"
        + "uint48 minLots,address buyer,uint40 validUntil,uint32 epoch,uint256 salt)";

    private static readonly byte[] OfferTypeHash = HashOf(OfferType);

    private readonly byte[] _separator = new byte[Bytes32.Length];

    /// <param name="chainId">EIP-155 chain id.</param>
    /// <param name="energyMarket">The contract.</param>
    public OfferDigest(ulong chainId, Address energyMarket)
    {
        var encoder = new Eip712Encoder();
        encoder.Begin(HashOf(Eip712Domain.TypeText));
        encoder.AppendWord(HashOf("Helios Market"));
        encoder.AppendWord(HashOf("1"));
        encoder.AppendUint(chainId);
        encoder.AppendAddress(energyMarket.ToArray());
        encoder.Finish(_separator);
        ChainId = chainId;
    }

    /// <summary>The chain for which is signed.</summary>
    public ulong ChainId { get; }

    /// <summary>The domain separator, 32 bytes; the contract's own must be the same.</summary>
    public Bytes32 Separator => new(_separator);

    /// <summary>The struct hash, under which the contract counts an offer's lots.</summary>
    public static Bytes32 StructHashOf(Offer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var encoder = new Eip712Encoder();
        encoder.Begin(OfferTypeHash);
        encoder.AppendAddress(offer.Seller.ToArray());
        encoder.AppendWord(offer.Market.ToArray());
        encoder.AppendUint(offer.Lots);
        encoder.AppendUint(offer.Ticks);
        encoder.AppendUint(offer.MinLots);
        encoder.AppendAddress(offer.Buyer.ToArray());
        encoder.AppendUint(offer.ValidUntil);
        encoder.AppendUint(offer.Epoch);
        encoder.AppendWord(offer.Salt.ToArray());
        var hash = new byte[Bytes32.Length];
        encoder.Finish(hash);
        return new Bytes32(hash);
    }

    /// <summary>The 32 bytes that are signed.</summary>
    public byte[] Of(Offer offer) => Helios.Chain.Keccak256.Of(
        [0x19, 0x01, .. _separator, .. StructHashOf(offer).ToArray()]);

    private static byte[] HashOf(string text) =>
        Helios.Chain.Keccak256.Of(Encoding.ASCII.GetBytes(text));
}
