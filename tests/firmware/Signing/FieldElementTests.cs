using Helios.Signing;
using Org.BouncyCastle.Math;

namespace Helios.Tests.Firmware.Signing;

/// <summary>
/// Every operation of the field against plain numbers, at the edges of what is allowed.
/// </summary>
public sealed class FieldElementTests
{
    private static readonly BigInteger P = Judge.P;

    private readonly FieldArithmetic _field = new();

    [Fact]
    public void Calculates_like_plain_numbers_at_the_edges()
    {
        var elements = Edges();
        foreach (var a in elements)
        {
            foreach (var b in elements)
            {
                CheckOperations(a, b, a, b);
                CheckOperations(a, b, b, a);
            }
        }
    }

    [Fact]
    public void Calculates_like_plain_numbers_everywhere_else()
    {
        var random = Seeded.Random();
        var edges = Edges();
        for (int i = 0; i < 1_500; i++)
        {
            CheckOperations(
                Any(random, edges), Any(random, edges), Any(random, edges), Any(random, edges));
        }
    }

    [Fact]
    public void Normalises_whatever_an_operation_may_leave()
    {
        foreach (var a in Edges())
        {
            var expected = Value(a);
            var element = new FieldElement();
            element.Set(a);
            element.Normalise();
            Assert.Equal(expected, Value(element));
            Assert.True(element.IsZero() == (expected.SignValue == 0));
            Assert.Equal(expected.TestBit(0), element.IsOdd());
            byte[] bytes = new byte[32];
            _field.Write(element, bytes, 0);
            Assert.Equal(Judge.Bytes(expected), bytes);
        }
    }

    [Fact]
    public void Inverts_and_takes_roots()
    {
        var random = Seeded.Random();
        var elements = Edges().ToList();
        for (int bit = 0; bit < 256; bit++)
        {
            elements.Add(Element(BigInteger.One.ShiftLeft(bit)));
            elements.Add(Element(P.Subtract(BigInteger.One.ShiftLeft(bit)).Mod(P)));
        }

        for (int i = 0; i < 1_000; i++)
        {
            elements.Add(Element(Judge.Number(random.NextBytes(32)).Mod(P)));
        }

        var result = new FieldElement();
        foreach (var a in elements.Where(a => Value(a).SignValue != 0))
        {
            var value = Value(a);
            _field.Invert(result, a);
            Assert.Equal(value.ModInverse(P), Value(result));

            FieldArithmetic.SetRoot(result, a);
            var exponent = P.Add(BigInteger.One).ShiftRight(2);
            Assert.Equal(value.ModPow(exponent, P), Value(result));
        }
    }

    [Fact]
    public void Reads_numbers_below_the_prime_and_no_others()
    {
        var element = new FieldElement();
        foreach (var (number, isBelow) in new[]
        {
            (BigInteger.Zero, true), (BigInteger.One, true), (P.Subtract(BigInteger.One), true),
            (P, false), (P.Add(BigInteger.One), false),
            (BigInteger.One.ShiftLeft(256).Subtract(BigInteger.One), false),
        })
        {
            Assert.Equal(isBelow, _field.Read(element, Judge.Bytes(number), 0));
            Assert.Equal(number.Mod(P), Value(element));
        }
    }

    private static void CheckOperations(
        FieldElement a, FieldElement b, FieldElement c, FieldElement d)
    {
        BigInteger x = Value(a), y = Value(b), z = Value(c), w = Value(d);
        var two = BigInteger.Two;
        Check(x.Multiply(y), r => r.SetProduct(a, b));
        Check(x.Multiply(y).Subtract(z), r => r.SetProductLess(a, b, c));
        Check(x.Multiply(y).Subtract(z.Multiply(w)), r => r.SetProductDifference(a, b, c, d));
        Check(x.Multiply(x), r => r.SetSquare(a));
        Check(x.Multiply(x).Multiply(BigInteger.Three), r => r.SetSquareTimes(a, 3));
        Check(x.Multiply(x).Multiply(two), r => r.SetSquareTimes(a, 2));
        Check(x.Multiply(x).Subtract(z).Subtract(w.Multiply(two)), r => r.SetSquareLess(a, c, d));
        Check(
            x.Multiply(y).Subtract(z.Multiply(z).Multiply(two)),
            r => r.SetProductLessTwiceSquare(a, b, c));
        Check(x.Multiply(y).Multiply(two), r => r.SetTwiceProduct(a, b));
        Check(x.Subtract(y), r => r.SetDifference(a, b), isReduced: false);
        Check(x.Negate(), r => r.SetNegative(a), isReduced: false);

        // The target may be an operand.
        Check(x.Multiply(x).Subtract(x.Multiply(y)), r =>
        {
            r.Set(a);
            r.SetProductDifference(r, r, b, r);
        });
        Check(x.Multiply(x).Subtract(x).Subtract(x.Multiply(two)), r =>
        {
            r.Set(a);
            r.SetSquareLess(r, r, r);
        });
    }

    private static void Check(
        BigInteger expected, Action<FieldElement> operation, bool isReduced = true)
    {
        var result = new FieldElement();
        operation(result);
        Assert.Equal(expected.Mod(P), Value(result));
        if (isReduced)
        {
            long[] limbs = Limbs(result);
            Assert.InRange(limbs[2], -(1L << 18), (1L << 29) + (1L << 18));
            Assert.All(
                limbs.Where((_, i) => i != 2), limb => Assert.InRange(limb, 0, (1L << 29) - 1));
        }
    }

    // Canonical edges, and the largest and smallest limbs that a reduced element or a difference
    // of two may have.
    private static FieldElement[] Edges()
    {
        BigInteger[] numbers =
        [
            BigInteger.Zero, BigInteger.One, BigInteger.Two, P.Subtract(BigInteger.One),
            P.Subtract(BigInteger.Two), P.ShiftRight(1), BigInteger.One.ShiftLeft(255),
            BigInteger.One.ShiftLeft(32).Add(BigInteger.ValueOf(977)),
        ];
        long full = (1L << 29) - 1;
        long most = (1L << 29) + (1L << 18);
        return
        [
            .. numbers.Select(Element),
            WithLimbs(full, most), WithLimbs(-full, -most), WithLimbs(full, -(1L << 18)),
            WithLimbs(0, -(1L << 18)), WithLimbs(0, most), Element(P), Element(P.ShiftLeft(4)),
            Element(P.ShiftLeft(5).Subtract(BigInteger.One)),
        ];
    }

    private static FieldElement Any(Random random, FieldElement[] edges)
        => random.Next(4) switch
        {
            0 => edges[random.Next(edges.Length)],
            1 => Element(Judge.Number(random.NextBytes(32))),
            _ => WithLimbs(
                random.NextInt64(-(1L << 29), 1L << 29), random.NextInt64(-(1L << 29), 1L << 29)),
        };

    private static FieldElement WithLimbs(long limb, long limb2)
    {
        var element = new FieldElement();
        element.SetLimbs([limb, limb, limb2, limb, limb, limb, limb, limb, limb]);
        return element;
    }

    private static FieldElement Element(BigInteger number)
    {
        long[] limbs = new long[9];
        for (int i = 0; i < limbs.Length; i++)
        {
            limbs[i] = number.ShiftRight(29 * i).LongValue & ((1L << 29) - 1);
        }

        var element = new FieldElement();
        element.SetLimbs(limbs);
        return element;
    }

    private static long[] Limbs(FieldElement element)
    {
        long[] limbs = new long[9];
        element.CopyLimbsTo(limbs);
        return limbs;
    }

    private static BigInteger Value(FieldElement element)
        => Limbs(element)
            .Select((limb, i) => BigInteger.ValueOf(limb).ShiftLeft(29 * i))
            .Aggregate(BigInteger.Zero, (sum, part) => sum.Add(part))
            .Mod(P);
}
