using Helios.Signing;
using Helios.Tests.Firmware.Signing;

namespace Helios.Tests.Firmware.Supply;

/// <summary>A key of a controller or an owner.</summary>
internal sealed class Signatory
{
    private readonly SigningKey _key;

    public Signatory(byte secret)
    {
        _key = new SigningKey([.. Enumerable.Repeat(secret, 32)], new DotNetHmac());
        _key.CopyAddressTo(Address, 0);
    }

    public byte[] Address { get; } = new byte[20];

    public byte[] Order(byte[] meter, ulong levelWh, ulong chainId = 31337, byte[]? ledger = null)
        => Sign(
            (digests, digest) => digests.OfOrder(new SupplyOrder(meter, levelWh), digest),
            chainId,
            ledger);

    public byte[] Set(ControllerSet set)
        => Sign((digests, digest) => digests.OfControllers(set, digest), 31337, null);

    public byte[] Request(OwnerRequest request)
        => Sign((digests, digest) => digests.OfRequest(request, digest), 31337, null);

    private byte[] Sign(Action<Eip712Digest, byte[]> hash, ulong chainId, byte[]? ledger)
    {
        byte[] digest = new byte[32], signature = new byte[64];
        hash(
            new Eip712Digest(new Eip712Domain(chainId, ledger ?? SupplyOnTheBench.Ledger)),
            digest);
        _key.Sign(digest, signature);
        return signature;
    }
}
