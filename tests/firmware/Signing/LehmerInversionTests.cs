using Helios.Signing;
using Org.BouncyCastle.Math;

namespace Helios.Tests.Firmware.Signing;

public sealed class LehmerInversionTests
{
    [Fact]
    public void Inverts_all_but_one_number_in_a_million_itself()
    {
        var random = Seeded.Random();
        var inversion = new LehmerInversion(Scalar.Order);
        long[] inverse = new long[9];
        int givenUp = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.NextBytes(32);
            var scalar = new Scalar();
            scalar.Read(bytes, 0);
            if (!inversion.TryInvert(scalar.N, inverse))
            {
                // A quotient of 28 bits: 150 quotients of a number have a chance of 2^-28 each.
                givenUp++;
                continue;
            }

            byte[] result = new byte[32];
            Limbs.Write(inverse, result, 0);
            var product = Judge.Number(bytes).Multiply(Judge.Number(result)).Mod(Judge.N);
            Assert.Equal(BigInteger.One, product);
        }

        Assert.InRange(givenUp, 0, 2);
    }

    [Fact]
    public void Gives_up_on_a_number_so_small_that_its_leading_bits_say_nothing()
    {
        long[] two = [2, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.False(new LehmerInversion(Scalar.Order).TryInvert(two, new long[9]));
    }
}
