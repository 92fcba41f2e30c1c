using Helios.Signing;
using Org.BouncyCastle.Math;

namespace Helios.Tests.Firmware.Signing;

public sealed class LehmerInversionTests
{
    [Fact]
    public void Inverts_random_numbers_itself()
    {
        var random = Seeded.Random();
        var inversion = new LehmerInversion(Scalar.Order);
        long[] inverse = new long[9];
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = random.NextBytes(32);
            var scalar = new Scalar();
            scalar.Read(bytes, 0);
            Assert.True(inversion.TryInvert(scalar.N, inverse));

            byte[] result = new byte[32];
            Limbs.Write(inverse, result, 0);
            var product = Judge.Number(bytes).Multiply(Judge.Number(result)).Mod(Judge.N);
            Assert.Equal(BigInteger.One, product);
        }
    }

    [Fact]
    public void Gives_up_on_a_number_so_small_that_its_leading_bits_say_nothing()
    {
        long[] two = [2, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.False(new LehmerInversion(Scalar.Order).TryInvert(two, new long[9]));
    }
}
