using System.Runtime.InteropServices;

namespace Helios.Chain;

/// <summary>
/// Recovers signers with the C library of Bitcoin Core (Debian: libsecp256k1-1), about five times
/// as fast as BouncyCastle does. Same answers as <see cref="RecoverableSignature.TryRecover"/>. For
/// several threads at once.
/// </summary>
internal sealed class Libsecp256k1
{
    // SECP256K1_CONTEXT_VERIFY and SECP256K1_EC_UNCOMPRESSED of secp256k1.h.
    private const uint ContextVerify = 0x101;
    private const uint Uncompressed = 2;

    // Sizes of secp256k1_pubkey and secp256k1_ecdsa_recoverable_signature.
    private const int PublicKeyLength = 64;
    private const int SignatureLength = 65;

    // 4, X and Y.
    private const int EncodedKeyLength = 65;
    private const int DigestLength = 32;

    // The functions used here are the same in all of these.
    private static readonly string[] FileNames =
    [
        "libsecp256k1.so.1", "libsecp256k1.so.2", "libsecp256k1.so.5", "libsecp256k1.so.6",
        "libsecp256k1.so.0", "libsecp256k1.dylib", "libsecp256k1.dll", "secp256k1.dll",
    ];

    private readonly nint _context;
    private readonly ParseSignature _parse;
    private readonly RecoverKey _recover;
    private readonly SerializeKey _serialize;

    private Libsecp256k1(
        nint context, ParseSignature parse, RecoverKey recover, SerializeKey serialize)
    {
        _context = context;
        _parse = parse;
        _recover = recover;
        _serialize = serialize;
    }

    private delegate nint CreateContext(uint flags);

    private delegate int ParseSignature(
        nint context, ref byte signature, ref readonly byte compact, int recoveryId);

    private delegate int RecoverKey(
        nint context, ref byte key, ref readonly byte signature, ref readonly byte digest);

    private delegate int SerializeKey(
        nint context, ref byte output, ref nuint length, ref readonly byte key, uint flags);

    /// <summary>
    /// The library, or null where it is not installed or was built without recovery. It stays
    /// loaded until the process ends.
    /// </summary>
    public static Libsecp256k1? Installed { get; } = TryLoad();

    /// <inheritdoc cref="RecoverableSignature.TryRecover"/>
    public bool TryRecover(
        RecoverableSignature signature, ReadOnlySpan<byte> digest, out Address signer)
    {
        signer = default;
        if (digest.Length != DigestLength)
        {
            throw new ArgumentException("A digest has 32 bytes.", nameof(digest));
        }

        // The library refuses 0 and what is not below N, but takes a high s.
        Span<byte> compact = stackalloc byte[RecoverableSignature.CompactLength];
        Span<byte> parsed = stackalloc byte[SignatureLength];
        Span<byte> key = stackalloc byte[PublicKeyLength];
        signature.R.CopyTo(compact);
        signature.S.CopyTo(compact[signature.R.Length..]);
        if (signature.IsHighS
            || _parse(_context, ref parsed[0], in compact[0], signature.YParity) == 0
            || _recover(_context, ref key[0], in parsed[0], in digest[0]) == 0)
        {
            return false;
        }

        Span<byte> encoded = stackalloc byte[EncodedKeyLength];
        nuint length = EncodedKeyLength;
        _serialize(_context, ref encoded[0], ref length, in key[0], Uncompressed);
        signer = Secp256k1.AddressOf(encoded);
        return true;
    }

    private static Libsecp256k1? TryLoad()
    {
        foreach (var name in FileNames)
        {
            if (NativeLibrary.TryLoad(name, out var library)
                && Find<CreateContext>(library, "secp256k1_context_create") is { } create
                && Find<ParseSignature>(
                    library, "secp256k1_ecdsa_recoverable_signature_parse_compact") is { } parse
                && Find<RecoverKey>(library, "secp256k1_ecdsa_recover") is { } recover
                && Find<SerializeKey>(library, "secp256k1_ec_pubkey_serialize") is { } serialize)
            {
                return new Libsecp256k1(create(ContextVerify), parse, recover, serialize);
            }
        }

        return null;
    }

    private static T? Find<T>(nint library, string name)
        where T : Delegate => NativeLibrary.TryGetExport(library, name, out var function)
            ? Marshal.GetDelegateForFunctionPointer<T>(function)
            : null;
}
