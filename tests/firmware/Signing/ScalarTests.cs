using System.Reflection;
using Helios.Signing;
using Org.BouncyCastle.Math;

namespace Helios.Tests.Firmware.Signing;

public sealed class ScalarTests
{
    private static readonly BigInteger N = Judge.N;

    private readonly ScalarInversion _inversion = new();

    [Fact]
    public void Calculates_like_plain_numbers()
    {
        var random = Seeded.Random();
        foreach (var a in Numbers(random, 60))
        {
            foreach (var b in Numbers(random, 20))
            {
                Check(a.Multiply(b), r => r.SetProduct(Of(a), Of(b)));
                Check(a.Add(b), r => r.SetSum(Of(a), Of(b)));
            }

            Check(a.Negate(), r => r.SetNegative(Of(a)));
            Check(a.Multiply(BigInteger.Two.ModInverse(N)), r => r.SetHalf(Of(a)));
            Check(a, r => r.Read(Judge.Bytes(a), 0));
            Assert.Equal(a.CompareTo(Judge.HalfN) > 0 ? 1 : 0, Of(a).IsHigh());
            Assert.Equal(a.SignValue == 0, Of(a).IsZero());
        }
    }

    [Fact]
    public void Inverts_also_what_the_fast_way_gives_up_on()
    {
        var random = Seeded.Random();
        var numbers = Numbers(random, 500).ToList();
        for (int bit = 0; bit < 256; bit++)
        {
            numbers.Add(BigInteger.One.ShiftLeft(bit).Mod(N));
            numbers.Add(N.Subtract(BigInteger.One.ShiftLeft(bit)).Mod(N));
        }

        foreach (var a in numbers.Where(a => a.SignValue != 0))
        {
            Check(a.ModInverse(N), r => _inversion.Invert(r, Of(a)));
        }

        Check(BigInteger.Zero, r => _inversion.Invert(r, Of(BigInteger.Zero)));
    }

    [Fact]
    public void Reads_numbers_at_and_above_the_order_modulo_it()
    {
        var scalar = new Scalar();
        Assert.True(scalar.Read(Judge.Bytes(N.Subtract(BigInteger.One)), 0));
        Assert.False(scalar.Read(Judge.Bytes(N), 0));
        Assert.True(scalar.IsZero());
        var greatest = BigInteger.One.ShiftLeft(256).Subtract(BigInteger.One);
        Assert.False(scalar.Read(Judge.Bytes(greatest), 0));
        Assert.Equal(greatest.Mod(N), Value(scalar));
    }

    [Fact]
    public void Splits_into_halves_of_at_most_128_bits()
    {
        var random = Seeded.Random();
        var lambda = Constant(typeof(ScalarSplit), "Lambda");
        var split = new ScalarSplit();
        var bound = BigInteger.One.ShiftLeft(128);
        foreach (var k in Numbers(random, 5_000).Append(lambda).Append(N.Subtract(lambda)))
        {
            Scalar k1 = new(), k2 = new();
            split.Split(Of(k), k1, k2);
            Assert.Equal(k, Value(k1).Add(Value(k2).Multiply(lambda)).Mod(N));
            Assert.True(Value(k1).Min(N.Subtract(Value(k1))).CompareTo(bound) < 0);
            Assert.True(Value(k2).Min(N.Subtract(Value(k2))).CompareTo(bound) < 0);
        }
    }

    [Fact]
    public void Constants_of_the_split_follow_from_lambda()
    {
        var lambda = Constant(typeof(ScalarSplit), "Lambda");
        var beta = Constant(typeof(ScalarSplit), "BetaLimbs");
        Assert.Equal(BigInteger.One, lambda.ModPow(BigInteger.Three, N));
        Assert.NotEqual(BigInteger.One, lambda);
        var point = Judge.G.Multiply(lambda).Normalize();
        Assert.Equal(
            Judge.G.AffineXCoord.ToBigInteger().Multiply(beta).Mod(Judge.P),
            point.AffineXCoord.ToBigInteger());
        Assert.Equal(Judge.G.AffineYCoord.ToBigInteger(), point.AffineYCoord.ToBigInteger());

        var (b1, b2) = ShortVectors(lambda);
        Assert.Equal(b1.Negate().Mod(N), Constant(typeof(ScalarSplit), "MinusB1"));
        Assert.Equal(b2.Negate().Mod(N), Constant(typeof(ScalarSplit), "MinusB2"));
        var half = N.ShiftRight(1);
        Assert.Equal(
            b2.ShiftLeft(384).Add(half).Divide(N), Constant(typeof(ScalarSplit), "G1"));
        Assert.Equal(
            b1.Negate().ShiftLeft(384).Add(half).Divide(N), Constant(typeof(ScalarSplit), "G2"));
    }

    [Fact]
    public void Other_constants_are_what_their_comments_say()
    {
        var power = BigInteger.One.ShiftLeft(256);
        Assert.Equal(N, Constant(typeof(Scalar), "Order"));
        Assert.Equal(Judge.HalfN, Constant(typeof(Scalar), "HalfOrder"));
        Assert.Equal(power.Subtract(N), Constant(typeof(Scalar), "TopFold"));
        Assert.Equal(Judge.P, Constant(typeof(FieldArithmetic), "Prime"));
        Assert.Equal(
            power.Subtract(BigInteger.One).Mod(N), Constant(typeof(GeneratorComb), "AllOnes"));
        long[] fold = [.. Enumerable.Range(0, 5).Select(i => (long)typeof(Scalar)
            .GetField($"Fold{i}", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!)];
        Assert.Equal(BigInteger.One.ShiftLeft(261).Mod(N), Sum(fold));
    }

    // The two vectors of Euclid's algorithm on (n, lambda) around the square root of n: their b.
    private static (BigInteger B1, BigInteger B2) ShortVectors(BigInteger lambda)
    {
        BigInteger r0 = N, r1 = lambda, t0 = BigInteger.Zero, t1 = BigInteger.One;
        while (r1.Multiply(r1).CompareTo(N) >= 0)
        {
            var quotient = r0.Divide(r1);
            (r0, r1) = (r1, r0.Subtract(quotient.Multiply(r1)));
            (t0, t1) = (t1, t0.Subtract(quotient.Multiply(t1)));
        }

        // The vector after the first short one is the shorter of its neighbours.
        var last = r0.Divide(r1);
        var r2 = r0.Subtract(last.Multiply(r1));
        var t2 = t0.Subtract(last.Multiply(t1));
        bool isBefore = Length(r0, t0).CompareTo(Length(r2, t2)) < 0;
        return (t1.Negate(), (isBefore ? t0 : t2).Negate());
    }

    private static BigInteger Length(BigInteger a, BigInteger b)
        => a.Multiply(a).Add(b.Multiply(b));

    private static IEnumerable<BigInteger> Numbers(Random random, int count)
    {
        yield return BigInteger.Zero;
        yield return BigInteger.One;
        yield return BigInteger.Two;
        yield return Judge.HalfN;
        yield return Judge.HalfN.Add(BigInteger.One);
        yield return N.Subtract(BigInteger.Two);
        yield return N.Subtract(BigInteger.One);
        yield return BigInteger.One.ShiftLeft(255);
        for (int i = 0; i < count; i++)
        {
            yield return Judge.Number(random.NextBytes(32)).ShiftRight(random.Next(4) * 60).Mod(N);
        }
    }

    private static void Check(BigInteger expected, Action<Scalar> operation)
    {
        var result = new Scalar();
        operation(result);
        Assert.Equal(expected.Mod(N), Value(result));
        Assert.All(result.N, limb => Assert.InRange(limb, 0, (1L << 29) - 1));
    }

    private static Scalar Of(BigInteger number)
    {
        var scalar = new Scalar();
        scalar.Read(Judge.Bytes(number), 0);
        return scalar;
    }

    private static BigInteger Value(Scalar scalar) => Sum(scalar.N);

    private static BigInteger Sum(long[] limbs)
        => limbs
            .Select((limb, i) => BigInteger.ValueOf(limb).ShiftLeft(29 * i))
            .Aggregate(BigInteger.Zero, (sum, part) => sum.Add(part));

    private static BigInteger Constant(Type type, string name)
        => Sum((long[])type
            .GetField(name, BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static)!
            .GetValue(null)!);
}
