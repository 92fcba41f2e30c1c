using System;

namespace Helios.Signing
{
    /// <summary>
    /// The one EIP-712 domain of meter, controllers and ledger: name Helios, version 1, the chain
    /// and the ReadingLedger. The separator is computed once. Immutable.
    /// </summary>
    public sealed class Eip712Domain
    {
        /// <summary>The text whose Keccak-256 is <see cref="TypeHash"/>.</summary>
        public const string TypeText = "EIP712Domain(string name,string version,uint256 chainId,"
            + "address verifyingContract)";

        private static readonly byte[] TypeHash =
        {
            0x8B, 0x73, 0xC3, 0xC6, 0x9B, 0xB8, 0xFE, 0x3D,
            0x51, 0x2E, 0xCC, 0x4C, 0xF7, 0x59, 0xCC, 0x79,
            0x23, 0x9F, 0x7B, 0x17, 0x9B, 0x0F, 0xFA, 0xCA,
            0xA9, 0xA7, 0x5D, 0x52, 0x2B, 0x39, 0x40, 0x0F,
        };

        // Keccak-256 of "Helios".
        private static readonly byte[] NameHash =
        {
            0x7D, 0x58, 0x4D, 0xF3, 0x7C, 0x9F, 0xC0, 0x37,
            0xEB, 0x48, 0x17, 0xB9, 0x6E, 0x32, 0xF0, 0x06,
            0x82, 0xBA, 0x99, 0x59, 0x05, 0x08, 0x24, 0xAD,
            0xEE, 0x0D, 0x12, 0xE4, 0x4E, 0xDD, 0xF2, 0x88,
        };

        // Keccak-256 of "1".
        private static readonly byte[] VersionHash =
        {
            0xC8, 0x9E, 0xFD, 0xAA, 0x54, 0xC0, 0xF2, 0x0C,
            0x7A, 0xDF, 0x61, 0x28, 0x82, 0xDF, 0x09, 0x50,
            0xF5, 0xA9, 0x51, 0x63, 0x7E, 0x03, 0x07, 0xCD,
            0xCB, 0x4C, 0x67, 0x2F, 0x29, 0x8B, 0x8B, 0xC6,
        };

        private readonly byte[] _separator = new byte[Keccak256.DigestLength];

        /// <param name="chainId">EIP-155 chain id.</param>
        /// <param name="verifyingContract">The ReadingLedger's address, 20 bytes.</param>
        public Eip712Domain(ulong chainId, byte[] verifyingContract)
        {
            Eip712Encoder encoder = new Eip712Encoder();
            encoder.Begin(TypeHash);
            encoder.AppendWord(NameHash);
            encoder.AppendWord(VersionHash);
            encoder.AppendUint(chainId);
            encoder.AppendAddress(verifyingContract);
            encoder.Finish(_separator);
        }

        /// <summary>Writes the domain separator, 32 bytes.</summary>
        public void CopySeparatorTo(byte[] target, int offset)
        {
            Array.Copy(_separator, 0, target, offset, _separator.Length);
        }
    }
}
