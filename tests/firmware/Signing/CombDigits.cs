using Org.BouncyCastle.Math;

namespace Helios.Tests.Firmware.Signing;

/// <summary>The signed comb of the firmware, told again in plain numbers.</summary>
internal static class CombDigits
{
    public const int Columns = 16;

    private static readonly BigInteger UpperPlaces = Enumerable.Range(0, 256)
        .Where(place => place % Columns != 0)
        .Aggregate(BigInteger.Zero, (places, place) => places.SetBit(place));

    /// <summary>b with k = 2b - (2^256 - 1) modulo n.</summary>
    public static BigInteger Recode(BigInteger k)
        => k.Add(BigInteger.One.ShiftLeft(256)).Subtract(BigInteger.One)
            .Multiply(BigInteger.Two.ModInverse(Judge.N)).Mod(Judge.N);

    /// <summary>The signed sum of the places in some columns.</summary>
    public static BigInteger Value(BigInteger k, Func<int, bool> isTaken)
    {
        var digits = Recode(k);
        var sum = BigInteger.Zero;
        for (int place = 0; place < 256; place++)
        {
            if (isTaken(place % Columns))
            {
                var weight = BigInteger.One.ShiftLeft(place);
                sum = digits.TestBit(place) ? sum.Add(weight) : sum.Subtract(weight);
            }
        }

        return sum;
    }

    /// <summary>What one block adds in one column.</summary>
    public static BigInteger Entry(int signs, int block)
    {
        var sum = BigInteger.Zero;
        for (int tooth = 0; tooth < 8; tooth++)
        {
            var weight = BigInteger.One.ShiftLeft(32 * tooth + Columns * block);
            sum = ((signs >> tooth) & 1) != 0 ? sum.Add(weight) : sum.Subtract(weight);
        }

        return sum;
    }

    /// <summary>Whether the columns above the last one can add up to this number.</summary>
    public static bool IsUpperSum(BigInteger number)
    {
        // number = 2 digits - (all places of those columns).
        var doubled = number.Add(UpperPlaces);
        return doubled.SignValue >= 0
            && !doubled.TestBit(0)
            && doubled.ShiftRight(1).AndNot(UpperPlaces).SignValue == 0;
    }
}
