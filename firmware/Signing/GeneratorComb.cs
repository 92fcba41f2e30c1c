namespace Helios.Signing
{
    /// <summary>
    /// A scalar as the digits of a signed comb over G: eight teeth in two blocks of sixteen
    /// columns. The same operations for every scalar.
    /// </summary>
    /// <remarks>
    /// k = 2b - (2^256 - 1) (mod n) with b = (k + 2^256 - 1) / 2 writes k as a sum of all 2^i, i
    /// = 0 to 255, each with the sign +1 or -1 that bit i of b tells. Bit 32t + 16j + c belongs
    /// to tooth t, block j, column c. Summed from column 15 down to 0, with a doubling between
    /// two columns, each column adds from either block the one point of <see
    /// cref="GeneratorTable"/> that stands for the signs of its eight teeth. Every digit adds
    /// something, so nothing is ever skipped.
    /// </remarks>
    internal sealed class GeneratorComb
    {
        /// <summary>Columns of each block.</summary>
        public const int Columns = 16;

        // One bit for each tooth but the highest.
        private const int IndexMask = 127;

        // 2^256 - 1 modulo n, in limbs.
        private static readonly long[] AllOnes =
        {
            0x0FC9BEBE, 0x016D0B99, 0x0DD7F110, 0x024632A1, 0x00001455, 0, 0, 0, 0,
        };

        private readonly Scalar _allOnes = new Scalar();
        private readonly Scalar _recoded = new Scalar();
        private readonly byte[] _digits = new byte[Limbs.ByteCount];

        public GeneratorComb()
        {
            Limbs.Copy(AllOnes, _allOnes.N);
        }

        /// <summary>Takes the digits of a scalar; any, 0 included.</summary>
        public void Recode(Scalar k)
        {
            _recoded.SetSum(k, _allOnes);
            _recoded.SetHalf(_recoded);
            _recoded.Write(_digits, 0);
        }

        /// <summary>Reads the point that a column adds from a block.</summary>
        /// <param name="target">Receives the point; its y may be negative.</param>
        /// <param name="block">0 or 1.</param>
        /// <param name="column">0 to 15.</param>
        public void ReadEntry(AffinePoint target, int block, int column)
        {
            int lowestBit = Columns * block + column;
            int octet = Limbs.ByteCount - 1 - (lowestBit >> 3);
            int shift = lowestBit & 7;
            byte[] digits = _digits;
            int index = ((digits[octet] >> shift) & 1)
                | (((digits[octet - 4] >> shift) & 1) << 1)
                | (((digits[octet - 8] >> shift) & 1) << 2)
                | (((digits[octet - 12] >> shift) & 1) << 3)
                | (((digits[octet - 16] >> shift) & 1) << 4)
                | (((digits[octet - 20] >> shift) & 1) << 5)
                | (((digits[octet - 24] >> shift) & 1) << 6);

            // The table holds the points whose highest sign is +1; the others are their opposites.
            int highest = (digits[octet - 28] >> shift) & 1;
            index ^= (highest - 1) & IndexMask;
            GeneratorTable.Read(target, block, index, 2 * highest - 1);
        }

        /// <summary>Overwrites the digits.</summary>
        public void Clear()
        {
            _recoded.Clear();
            Secret.Clear(_digits);
        }
    }
}
