using System;

namespace Helios.Device
{
    /// <summary>
    /// JSON in ASCII, which is UTF-8, written into room allocated once. More than fits throws: the
    /// caller knows the longest that it writes.
    /// </summary>
    public sealed class JsonBuffer
    {
        // Digits of 2^64 - 1.
        private const int DigitsMax = 20;

        private readonly byte[] _bytes;
        private readonly byte[] _digits = new byte[DigitsMax];
        private int _length;
        private bool _isFirst;

        /// <param name="lengthMax">Bytes of the longest message.</param>
        public JsonBuffer(int lengthMax)
        {
            _bytes = new byte[lengthMax];
        }

        /// <summary>Begins a message.</summary>
        public void Begin()
        {
            _length = 0;
            Open('{');
        }

        /// <summary>Ends it.</summary>
        /// <returns>A copy of its bytes.</returns>
        public byte[] End()
        {
            Close('}');
            byte[] message = new byte[_length];
            Array.Copy(_bytes, 0, message, 0, _length);
            return message;
        }

        /// <summary>A member that is true or false.</summary>
        public void Flag(string name, bool value)
        {
            Name(name);
            Put(value ? "true" : "false");
        }

        /// <summary>A member that is text.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="value">Printable ASCII without quotes or backslashes.</param>
        public void Text(string name, string value)
        {
            Name(name);
            Put('"');
            Put(value);
            Put('"');
        }

        /// <summary>A member that is a whole number.</summary>
        public void Number(string name, ulong value)
        {
            Name(name);
            PutNumber(value);
        }

        /// <summary>A member that is an array begins.</summary>
        public void OpenArray(string name)
        {
            Name(name);
            Open('[');
        }

        /// <summary>It ends.</summary>
        public void CloseArray()
        {
            Close(']');
        }

        /// <summary>An element of an array: three whole numbers as an array.</summary>
        public void Triple(ulong first, ulong second, ulong third)
        {
            Separate();
            Open('[');
            Element(first);
            Element(second);
            Element(third);
            Close(']');
        }

        private void Element(ulong value)
        {
            Separate();
            PutNumber(value);
        }

        private void Name(string name)
        {
            Separate();
            Put('"');
            Put(name);
            Put('"');
            Put(':');
        }

        private void Open(char bracket)
        {
            Put(bracket);
            _isFirst = true;
        }

        private void Close(char bracket)
        {
            Put(bracket);
            _isFirst = false;
        }

        private void Separate()
        {
            if (!_isFirst)
            {
                Put(',');
            }

            _isFirst = false;
        }

        private void PutNumber(ulong value)
        {
            int count = 0;
            do
            {
                _digits[count++] = (byte)('0' + value % 10);
                value /= 10;
            }
            while (value > 0);

            while (count > 0)
            {
                _bytes[_length++] = _digits[--count];
            }
        }

        private void Put(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                Put(text[i]);
            }
        }

        private void Put(char character)
        {
            _bytes[_length++] = (byte)character;
        }
    }
}
