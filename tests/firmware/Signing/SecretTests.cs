using System.Reflection;
using Helios.Signing;

namespace Helios.Tests.Firmware.Signing;

public sealed class SecretTests
{
    // What stays on purpose: the public key, constants, and while the key lives the key itself
    // with the state of its masks. z and r are public.
    private static readonly string[] Public =
        ["_publicKey", "_address", "_allOnes", "_modulus", "_zero", "_z", "_r", "_label"];

    private static readonly string[] Kept = [.. Public, "_secret", "_state"];

    [Fact]
    public void Leaves_no_intermediate_after_a_signature_and_nothing_after_clear()
    {
        var hmac = new ManagedHmacSha256();
        byte[] secret = Judge.Keccak([1, 2, 3]);
        var key = new SigningKey(secret, hmac);
        Assert.Empty(Remaining(key, Kept));

        key.Sign(Judge.Keccak([4]), new byte[64]);
        Assert.Empty(Remaining(key, Kept));
        Assert.Empty(Remaining(hmac, Public));
        Assert.NotEmpty(Remaining(key, Public));

        key.Clear();
        Assert.Empty(Remaining(key, Public));
        Assert.Throws<InvalidOperationException>(() => key.Sign(new byte[32], new byte[64]));
        Assert.Equal(Judge.Keccak([1, 2, 3]), secret);
    }

    // The names of all number fields below an object that are not zero.
    private static List<string> Remaining(object root, string[] exempt)
    {
        var found = new List<string>();
        Visit(root, root.GetType().Name, exempt, found);
        return found;
    }

    private static void Visit(object holder, string path, string[] exempt, List<string> found)
    {
        foreach (var field in holder.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => !exempt.Contains(field.Name)))
        {
            string name = $"{path}.{field.Name}";
            switch (field.GetValue(holder))
            {
                case Array numbers when numbers.Cast<object>().Any(IsNotZero):
                case long number when number != 0:
                    found.Add(name);
                    break;
                case Array or IHmacSha256 or null:
                    break;
                case { } inner when inner.GetType().Assembly == typeof(SigningKey).Assembly:
                    Visit(inner, name, exempt, found);
                    break;
            }
        }
    }

    private static bool IsNotZero(object number) => Convert.ToDecimal(number) != 0;
}
