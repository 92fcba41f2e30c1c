using System;

namespace Helios.Signing
{
    /// <summary>
    /// Wipes secrets. It wipes this array only: copies that a garbage collector made by moving the
    /// array are out of reach of managed code.
    /// </summary>
    internal static class Secret
    {
        public static void Clear(byte[] secret)
        {
            Array.Clear(secret, 0, secret.Length);
        }

        public static void Clear(long[] secret)
        {
            Array.Clear(secret, 0, secret.Length);
        }
    }
}
