namespace Helios.Signing
{
    /// <summary>
    /// k * G by a signed comb: eight teeth in two blocks of sixteen columns.
    /// </summary>
    /// <remarks>
    /// <para>k = 2b - (2^256 - 1) (mod n) with b = (k + 2^256 - 1) / 2 writes k as a sum of all 2^i,
    /// i = 0 to 255, each with the sign +1 or -1 that bit i of b tells. Bit 32t + 16j + c belongs to
    /// tooth t, block j, column c: column after column is doubled, and from each block one point of
    /// <see cref="GeneratorTable"/> is added that stands for the eight signs of its teeth.</para>
    /// <para>Every digit adds something, so each scalar runs through the same 15 doublings and 31
    /// additions, with no branch that depends on it. What may still differ: which case of the table's
    /// switch is taken (the number of instructions is the same, but a cache that holds only part of the
    /// flash may tell recent cases from others), and multiplication where the processor's takes longer
    /// for larger operands, against which Z starts as a secret random number. The inversion of the
    /// final Z varies with that random Z only. At a few of the 2^256 scalars a sum is not regular; they
    /// take the slow way, and no nonce meets one by chance.</para>
    /// </remarks>
    internal sealed class GeneratorMultiplication
    {
        private const int Teeth = 8;
        private const int Blocks = 2;
        private const int Columns = 16;

        // 2^256 - 1 modulo n, in limbs.
        private static readonly long[] AllOnes =
        {
            0x0FC9BEBE, 0x016D0B99, 0x0DD7F110, 0x024632A1, 0x00001455, 0, 0, 0, 0,
        };

        private readonly PointArithmetic _points;
        private readonly Scalar _recoded = new Scalar();
        private readonly Scalar _allOnes = new Scalar();
        private readonly byte[] _digits = new byte[Limbs.ByteCount];
        private readonly JacobianPoint _sum = new JacobianPoint();
        private readonly AffinePoint _entry = new AffinePoint();

        public GeneratorMultiplication(PointArithmetic points)
        {
            _points = points;
            Limbs.Copy(AllOnes, _allOnes.N);
        }

        /// <summary>Sets target to k * G.</summary>
        /// <param name="target">Normalised.</param>
        /// <param name="k">1 to n - 1.</param>
        /// <param name="startZ">
        /// Not 0. For a secret k a secret random number, which masks every coordinate on the way.
        /// </param>
        public void Multiply(AffinePoint target, Scalar k, FieldElement startZ)
        {
            Recode(k);
            SumColumns(startZ);
            _sum.Z.Normalise();
            if (_sum.Z.IsZero())
            {
                GeneratorTable.ReadGenerator(_entry);
                new CompleteMultiplication(_points).Multiply(_sum, k, _entry);
            }

            _points.SetAffine(target, _sum);
        }

        /// <summary>Overwrites what the last scalar left behind.</summary>
        public void Clear()
        {
            _recoded.Clear();
            Secret.Clear(_digits);
            _sum.Clear();
            _entry.Clear();
            _points.Clear();
        }

        // b = (k + 2^256 - 1) / 2 (mod n), in bytes, since single bits are taken from it.
        private void Recode(Scalar k)
        {
            _recoded.SetSum(k, _allOnes);
            _recoded.SetHalf(_recoded);
            _recoded.Write(_digits, 0);
        }

        private void SumColumns(FieldElement startZ)
        {
            ReadEntry(0, Columns - 1);
            StartAtEntry(startZ);
            ReadEntry(1, Columns - 1);
            _points.Add(_sum, _entry.X, _entry.Y);

            for (int column = Columns - 2; column >= 0; column--)
            {
                _points.Double(_sum);
                ReadEntry(0, column);
                _points.Add(_sum, _entry.X, _entry.Y);
                ReadEntry(1, column);
                _points.Add(_sum, _entry.X, _entry.Y);
            }
        }

        // (x, y) is (x Z^2, y Z^3, Z) for any Z other than 0.
        private void StartAtEntry(FieldElement startZ)
        {
            _sum.Z.Set(startZ);
            _sum.Y.SetSquare(startZ, 1);
            _sum.X.SetProduct(_sum.Y, _entry.X);
            _sum.Y.SetProduct(_sum.Y, startZ);
            _sum.Y.SetProduct(_sum.Y, _entry.Y);
        }

        // The table holds the entries whose highest tooth has the sign +1; the others are opposites.
        private void ReadEntry(int block, int column)
        {
            int lowestBit = Columns * block + column;
            int octet = Limbs.ByteCount - 1 - (lowestBit >> 3);
            int shift = lowestBit & 7;
            int index = 0;
            for (int tooth = 0; tooth < Teeth - 1; tooth++)
            {
                index |= ((_digits[octet] >> shift) & 1) << tooth;
                octet -= Blocks * Columns / 8;
            }

            int highest = (_digits[octet] >> shift) & 1;
            index ^= (highest - 1) & ((1 << (Teeth - 1)) - 1);
            GeneratorTable.Read(_entry, block, index, 2 * highest - 1);
        }
    }
}
