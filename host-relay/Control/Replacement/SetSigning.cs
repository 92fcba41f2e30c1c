using Helios.Chain;
using Helios.Messaging;
using Helios.Relay;
using Helios.Signing;

namespace Helios.Control;

/// <summary>Signs new sets of controllers, and gathers the signatures as meters want them.</summary>
internal sealed class SetSigning
{
    private const int DigestLength = 32;

    private readonly Eip712Digest _digest;

    public SetSigning(ulong chainId, Address ledger)
    {
        _digest = new Eip712Digest(ReadingVerifier.DomainOf(chainId, ledger));
    }

    /// <summary>One controller's signature, 64 bytes.</summary>
    public byte[] Sign(ControllerSet set, SenderKey key) => key.Sign(DigestOf(set)).ToCompact();

    /// <summary>Who of the set before has signed, ascending, each once.</summary>
    public IReadOnlyList<(Address Signer, byte[] Signature)> SignersOf(SetFile file)
    {
        var digest = DigestOf(file.Set);
        var found = new SortedDictionary<Address, byte[]>();
        foreach (var signature in file.Signatures)
        {
            if (RecoverableSignature.FromCompact(signature).TryRecover(digest, out var signer)
                && file.Before.PlaceOf(signer.ToArray()) >= 0)
            {
                found[signer] = signature;
            }
        }

        return [.. found.Select(static pair => (pair.Key, pair.Value))];
    }

    /// <summary>What is published: exactly the threshold of signatures, signers ascending.</summary>
    /// <exception cref="BadInputException">Too few have signed.</exception>
    public byte[] MessageOf(SetFile file)
    {
        var signers = SignersOf(file);
        if (signers.Count < file.Before.Threshold)
        {
            throw new BadInputException(
                $"{signers.Count} of {file.Before.Threshold} controllers have signed set "
                + $"{file.Set.Number} of this ledger: pass the file on to another with "
                + "control sign-set.");
        }

        var signatures = signers.Take(file.Before.Threshold)
            .Select(static one => one.Signature).ToArray();
        return ControllerSetCodec.Encode(file.Set, signatures, out var message)
            == CodecResult.Done
                ? message
                : throw new InvalidOperationException("A set that was checked is not encoded.");
    }

    private byte[] DigestOf(ControllerSet set)
    {
        var digest = new byte[DigestLength];
        _digest.OfControllers(set, digest);
        return digest;
    }
}
