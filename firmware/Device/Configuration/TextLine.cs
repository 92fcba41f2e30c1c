namespace Helios.Device
{
    /// <summary>One line of a text file as bytes.</summary>
    internal static class TextLine
    {
        // What stands for a byte that is no printable ASCII: in no key and no value.
        private const char Unprintable = '?';

        /// <summary>
        /// The line without its comment, a byte order mark and white space around it.
        /// </summary>
        /// <param name="bytes">The file.</param>
        /// <param name="start">Its first byte.</param>
        /// <param name="end">The byte behind its last.</param>
        public static string Read(byte[] bytes, int start, int end)
        {
            bool hasMark = start == 0 && end >= 3
                && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF;
            int first = hasMark ? 3 : start;
            int length = 0;
            while (first + length < end && bytes[first + length] != (byte)'#')
            {
                length++;
            }

            char[] characters = new char[length];
            for (int i = 0; i < length; i++)
            {
                characters[i] = CharacterOf(bytes[first + i]);
            }

            return new string(characters).Trim();
        }

        private static char CharacterOf(byte b)
        {
            if (b == (byte)'\t' || b == (byte)'\r')
            {
                return ' ';
            }

            return b >= 0x20 && b < 0x7F ? (char)b : Unprintable;
        }
    }
}
