using System.Security.Cryptography;
using Helios.Chain;

namespace Helios.Tests.EndToEnd;

/// <summary>Somebody with a key of this run, and ether to pay with.</summary>
internal sealed class Caller
{
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public Caller()
    {
        Key = new SenderKey(_secret);
    }

    public SenderKey Key { get; }

    public Address Address => Key.Address;

    /// <summary>The key as host-relay takes it.</summary>
    public string Secret => Convert.ToHexStringLower(_secret);
}
