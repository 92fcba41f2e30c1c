using System;

namespace Helios.Metering
{
    /// <summary>
    /// Walks over a record's bytes and either writes each field or reads it, so that the order of
    /// the fields stands in one place for both directions.
    /// </summary>
    internal sealed class RecordCursor
    {
        private readonly byte[] _bytes;
        private readonly bool _isWriting;
        private int _offset;

        public RecordCursor(byte[] bytes, bool isWriting)
        {
            _bytes = bytes;
            _isWriting = isWriting;
        }

        /// <summary>Writes and returns the value, or returns what the bytes say instead.</summary>
        public ulong Next(int width, ulong value)
        {
            if (_isWriting)
            {
                BigEndian.Write(_bytes, _offset, width, value);
            }
            else
            {
                value = BigEndian.Read(_bytes, _offset, width);
            }

            _offset += width;
            return value;
        }

        /// <summary>The same for a flag, in a byte of 0 or 1.</summary>
        public bool Next(bool flag)
        {
            return Next(1, flag ? 1UL : 0UL) != 0;
        }

        /// <summary>Writes the array's bytes, or fills the array.</summary>
        public void Next(byte[] field)
        {
            if (_isWriting)
            {
                Array.Copy(field, 0, _bytes, _offset, field.Length);
            }
            else
            {
                Array.Copy(_bytes, _offset, field, 0, field.Length);
            }

            _offset += field.Length;
        }
    }
}
