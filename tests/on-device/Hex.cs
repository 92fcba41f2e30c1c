namespace Helios.Tests.OnDevice
{
    /// <summary>Bytes as lower-case hex, so that a test that fails shows them.</summary>
    internal static class Hex
    {
        private const string Digits = "0123456789abcdef";

        public static byte[] Bytes(string hex)
        {
            byte[] bytes = new byte[hex.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
            {
                int high = Digits.IndexOf(hex[2 * i]);
                int low = Digits.IndexOf(hex[2 * i + 1]);
                bytes[i] = (byte)(16 * high + low);
            }

            return bytes;
        }

        public static string Text(byte[] bytes)
        {
            char[] hex = new char[2 * bytes.Length];
            for (int i = 0; i < bytes.Length; i++)
            {
                hex[2 * i] = Digits[bytes[i] >> 4];
                hex[2 * i + 1] = Digits[bytes[i] & 15];
            }

            return new string(hex);
        }

        /// <summary>The same byte so many times.</summary>
        public static byte[] Repeated(byte value, int count)
        {
            byte[] bytes = new byte[count];
            for (int i = 0; i < count; i++)
            {
                bytes[i] = value;
            }

            return bytes;
        }
    }
}
