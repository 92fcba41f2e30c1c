using Helios.Signing;
using Org.BouncyCastle.Math;

namespace Helios.Tests.Firmware.Signing;

public sealed class GeneratorTests
{
    private readonly FieldArithmetic _field = new();
    private readonly GeneratorMultiplication _generator;

    public GeneratorTests()
    {
        _generator = new GeneratorMultiplication(new PointArithmetic(_field));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Table_is_what_bouncy_castle_computes(int block)
    {
        string path = Path.Combine(
            Repository.Root, "firmware", "Signing", GeneratorTableSource.FileName(block));
        string committed = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.Equal(GeneratorTableSource.Text(block), committed);
    }

    [Fact]
    public void Multiplies_every_power_of_two_and_its_neighbours()
    {
        for (int bit = 0; bit < 256; bit++)
        {
            var power = BigInteger.One.ShiftLeft(bit);
            Check(power);
            Check(Judge.N.Subtract(power).Mod(Judge.N));
            Check(power.Add(BigInteger.One));
        }
    }

    [Fact]
    public void Multiplies_the_scalars_whose_last_sum_is_of_equal_or_opposite_points()
    {
        // Only in the last column can a sum of digits equal what is added, and only with n between
        // them: elsewhere both are too small, and one is odd and the other even.
        var scalars = new List<BigInteger>();
        BigInteger[] entries1 =
            [.. Enumerable.Range(0, 256).Select(signs => CombDigits.Entry(signs, 1))];
        foreach (var order in new[] { Judge.N, Judge.N.Negate() })
        {
            for (int signs = 0; signs < 256; signs++)
            {
                var entry0 = CombDigits.Entry(signs, 0);
                foreach (var upper in new[] { entry0.Add(order), entry0.Negate().Add(order) })
                {
                    if (CombDigits.IsUpperSum(upper))
                    {
                        scalars.AddRange(entries1.Select(entry1 => upper.Add(entry0).Add(entry1)));
                    }
                }

                scalars.AddRange(entries1
                    .Where(entry1 => CombDigits.IsUpperSum(entry1.Subtract(entry0).Add(order)))
                    .Select(entry1 => entry1.Add(entry1).Add(order)));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{scalars.Count} scalars");
        Assert.NotEmpty(scalars);
        foreach (var scalar in scalars)
        {
            Check(scalar);
        }
    }

    private void Check(BigInteger number)
    {
        if (number.Mod(Judge.N).SignValue == 0)
        {
            return;
        }

        byte[] bytes = Judge.Bytes(number.Mod(Judge.N)), x = new byte[32], y = new byte[32];
        var scalar = new Scalar();
        scalar.Read(bytes, 0);
        var startZ = new FieldElement();
        startZ.SetSmall(3);
        var point = new AffinePoint();
        _generator.Multiply(point, scalar, startZ);
        _field.Write(point.X, x, 0);
        _field.Write(point.Y, y, 0);
        byte[] publicKey = [.. x, .. y];
        Assert.Equal(Judge.PublicKey(bytes), publicKey);
    }
}
