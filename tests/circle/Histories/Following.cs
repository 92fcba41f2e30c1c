using Helios.Control;
using Helios.Tests.Firmware.Supply;

namespace Helios.Tests.Circle.Histories;

/// <summary>
/// One controller of a history: the program's own decision on a final block, what it has signed,
/// and whether it lives.
/// </summary>
internal sealed class Following(Signatory key)
{
    private static readonly Dictionary<(string, ulong), byte[]> Signed = [];

    /// <summary>Keys are for one thread at a time, and histories share some.</summary>
    public static Lock Signing { get; } = new();

    public Signatory Key => key;

    public bool IsAlive { get; set; } = true;

    /// <summary>The highest value that it signed, Wh; its database, which a crash leaves.</summary>
    public ulong SignedWh { get; private set; }

    /// <summary>Looks at a final block.</summary>
    public void Follow(PlainChain final)
    {
        if (IsAlive && OrderDecision.IsDue(final.Authorisation, SignedWh))
        {
            SignedWh = final.Authorisation.AuthorisedWh;
        }
    }

    /// <summary>Signs whatever it likes; its order only rises.</summary>
    public void SignUnpaid(ulong levelWh) =>
        SignedWh = IsAlive ? Math.Max(SignedWh, levelWh) : SignedWh;

    /// <summary>The signature over its order: one value has one (RFC 6979).</summary>
    public byte[] Signature(byte[] meter)
    {
        var name = (Convert.ToHexString(key.Address), SignedWh);
        lock (Signing)
        {
            if (!Signed.TryGetValue(name, out var signature))
            {
                Signed[name] = signature = key.Order(meter, SignedWh);
            }

            return signature;
        }
    }
}
