using System;
using Helios.Metering;

namespace Helios.Tests.OnDevice.Metering
{
    /// <summary>
    /// Two slots whose power fails after a given number of further bytes: what was written until
    /// then stays, and nothing answers before <see cref="PowerUp"/>.
    /// </summary>
    internal sealed class CutSlots : IJournalStorage
    {
        private const int Never = int.MaxValue;

        private readonly byte[][] _slots =
        {
            new byte[JournalRecordCodec.Length], new byte[JournalRecordCodec.Length],
        };

        public int BytesUntilCut { get; set; } = Never;

        public int BytesWritten { get; private set; }

        public bool IsOff { get; private set; }

        /// <summary>Refuses to be written.</summary>
        public bool IsStuck { get; set; }

        public byte[] Slot(int slot)
        {
            return _slots[slot];
        }

        public void PowerUp()
        {
            IsOff = false;
            BytesUntilCut = Never;
        }

        public StorageResult Read(int slot, byte[] bytes)
        {
            if (IsOff)
            {
                return StorageResult.Failed;
            }

            Array.Copy(_slots[slot], 0, bytes, 0, bytes.Length);
            return StorageResult.Done;
        }

        public StorageResult Write(int slot, byte[] bytes)
        {
            if (IsOff || IsStuck)
            {
                return StorageResult.Failed;
            }

            int length = bytes.Length < BytesUntilCut ? bytes.Length : BytesUntilCut;
            Array.Copy(bytes, 0, _slots[slot], 0, length);
            BytesUntilCut -= length;
            BytesWritten += length;
            IsOff = length < bytes.Length;
            return IsOff ? StorageResult.Failed : StorageResult.Done;
        }
    }
}
