using Helios.Chain;
using Helios.Messaging;
using Helios.Relay;
using Helios.Signing;

namespace Helios.Control;

/// <summary>Signs orders with one controller's key, under one ledger's domain.</summary>
internal sealed class OrderSigner
{
    private const int DigestLength = 32;

    private readonly Eip712Digest _digest;
    private readonly SenderKey _key;

    public OrderSigner(ulong chainId, Address ledger, SenderKey key)
    {
        _digest = new Eip712Digest(ReadingVerifier.DomainOf(chainId, ledger));
        _key = key;
    }

    /// <summary>
    /// The message that lets a meter's energy through up to a register's value. Deterministic: one
    /// value has one message (RFC 6979). Not for several threads at once.
    /// </summary>
    /// <param name="meter">Whose load switch.</param>
    /// <param name="authorisedWh">48 bits.</param>
    public byte[] Sign(Address meter, ulong authorisedWh)
    {
        var digest = new byte[DigestLength];
        var order = new SupplyOrder(meter.ToArray(), authorisedWh);
        _digest.OfOrder(order, digest);
        var message = new byte[SupplyOrderCodec.Length];
        return SupplyOrderCodec.Encode(order, _key.Sign(digest).ToCompact(), message)
            == CodecResult.Done
                ? message
                : throw new ArgumentOutOfRangeException(nameof(authorisedWh));
    }
}
