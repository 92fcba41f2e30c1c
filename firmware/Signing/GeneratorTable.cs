namespace Helios.Signing
{
    /// <summary>
    /// The points that the comb of <see cref="GeneratorMultiplication"/> adds, as constants in
    /// code: they take 26 KB of flash and nothing of the heap, to which static arrays would be
    /// copied. <c>dotnet run --project tests/generator-table</c> writes the other files of this
    /// class.
    /// </summary>
    internal static partial class GeneratorTable
    {
        /// <summary>
        /// Reads sign * 2^(16 block) * (2^224 + sum of (2 bit(t) - 1) * 2^(32 t)) * G, t = 0 to 6,
        /// where bit(t) is a bit of the index.
        /// </summary>
        /// <param name="target">Receives the point.</param>
        /// <param name="block">0 or 1.</param>
        /// <param name="index">
        /// 0 to 127. The number of instructions is the same for each, their place in flash is not.
        /// </param>
        /// <param name="sign">-1 or 1.</param>
        public static void Read(AffinePoint target, int block, int index, int sign)
        {
            if (block == 0)
            {
                ReadBlock0(target.X, target.Y, index, sign);
            }
            else
            {
                ReadBlock1(target.X, target.Y, index, sign);
            }
        }

        /// <summary>Reads G (SEC 2, 2.4.1).</summary>
        public static void ReadGenerator(AffinePoint target)
        {
            target.X.SetConstant(
                1,
                0x16F81798, 0x0F940AD8, 0x138A3656, 0x17F9B65B, 0x10B07029,
                0x114AE743, 0x0EB15681, 0x0FDF3B97, 0x0079BE66);
            target.Y.SetConstant(
                1,
                0x1B10D4B8, 0x023E847F, 0x01550667, 0x0F68914D, 0x108A8FD1,
                0x1DFE0708, 0x11957693, 0x0EE4D478, 0x00483ADA);
        }
    }
}
