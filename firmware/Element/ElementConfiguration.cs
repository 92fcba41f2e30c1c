using System;

namespace Helios.Element
{
    /// <summary>
    /// The 128 bytes of configuration of an ATECC608, and what of them a meter needs. Layout and
    /// meaning: ATECC508A datasheet, section 2.2 "Configuration Zone"; for the 608, the
    /// configurations in ATECC608A-TNGTLS (DS40002112). The values agree with those that others
    /// lock: test_ecc608_configdata of cryptoauthlib 788acf6f (address, KeyConfig),
    /// ECCX08DefaultTLSConfig.h of ArduinoECCX08 (SlotConfig of 0x83 with internal signatures
    /// besides, KeyConfig, ChipMode, counters).
    /// </summary>
    public sealed class ElementConfiguration
    {
        /// <summary>Bytes of the zone.</summary>
        public const int Length = 128;

        // RevNum: 00 00 60 and one more byte of an ATECC608, as Info says it too.
        private const int FamilyOffset = 6;
        private const byte Family = 0x60;
        private const int CounterOffset = 52;
        private const int LockValueOffset = 86;
        private const int LockConfigOffset = 87;
        private const int SlotLockedOffset = 88;
        private const byte Unlocked = 0x55;

        /// <summary>What a meter fixes: where.</summary>
        private static readonly byte[] FixedOffsets =
        {
            // I2C address, reserved, CountMatch, ChipMode.
            16, 17, 18, 19,

            // SlotConfig of slot 0, low byte first.
            20, 21,

            // UseLock, VolatileKeyPermission, SecureBoot.
            68, 69, 70, 71,

            // ChipOptions.
            90, 91,

            // KeyConfig of slot 0, low byte first.
            96, 97,
        };

        /// <summary>What a meter fixes: the values there.</summary>
        private static readonly byte[] FixedValues =
        {
            // 0x60 on seven bits; no counter match; full clock, watchdog of 1.3 s.
            0xC0, 0x00, 0x00, 0x00,

            // 0x2081: secret, signs what is given to it and nothing else; GenKey may make it.
            0x81, 0x20,

            // None of them: nothing but the bus decides whether the key may be used.
            0x00, 0x00, 0x00, 0x00,

            // No protection of the bus, no self-test of its own at each start.
            0x00, 0x00,

            // 0x0033: private key, public key may be asked for, P-256, can be locked.
            0x33, 0x00,
        };

        /// <summary>Counter 0 at zero, as it is sold; it counts here once all is locked.</summary>
        private static readonly byte[] CounterAtZero =
        {
            0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00,
        };

        private readonly byte[] _zone = new byte[Length];

        /// <summary>How far it is provisioned.</summary>
        public ElementState State
        {
            get
            {
                if (_zone[FamilyOffset] != Family)
                {
                    return ElementState.OtherChip;
                }

                if (_zone[LockConfigOffset] == Unlocked)
                {
                    return ElementState.Blank;
                }

                if (!IsFixed())
                {
                    return ElementState.LockedDifferently;
                }

                if (_zone[LockValueOffset] == Unlocked)
                {
                    return ElementState.Configured;
                }

                return (_zone[SlotLockedOffset] & 1) != 0
                    ? ElementState.KeyMade
                    : ElementState.Ready;
            }
        }

        /// <summary>The checksum that locks it as it is now.</summary>
        internal uint Summary
        {
            get { return Crc16.Compute(_zone, 0, Length); }
        }

        /// <summary>Copies the chip's serial number.</summary>
        /// <param name="serial">9 bytes.</param>
        public void CopySerialTo(byte[] serial)
        {
            Array.Copy(_zone, 0, serial, 0, 4);
            Array.Copy(_zone, 8, serial, 4, 5);
        }

        internal void Take(int offset, byte[] block)
        {
            Array.Copy(block, 0, _zone, offset, ElementCommand.BlockLength);
        }

        /// <summary>The first word that is not as a meter needs it, if there is one.</summary>
        /// <param name="word">Its number, 4 to 24.</param>
        /// <param name="bytes">
        /// What it is to hold, 4 bytes: only what a meter fixes differs.
        /// </param>
        internal bool TryNextDifference(out uint word, byte[] bytes)
        {
            word = 0;
            for (int offset = 0; offset < Length; offset += ElementCommand.WordLength)
            {
                Array.Copy(_zone, offset, bytes, 0, ElementCommand.WordLength);
                if (Mend(offset, bytes))
                {
                    return true;
                }

                word++;
            }

            return false;
        }

        private bool IsFixed()
        {
            for (int i = 0; i < FixedOffsets.Length; i++)
            {
                if (_zone[FixedOffsets[i]] != FixedValues[i])
                {
                    return false;
                }
            }

            return true;
        }

        // True if something had to be changed.
        private static bool Mend(int offset, byte[] bytes)
        {
            bool isChanged = false;
            for (int i = 0; i < FixedOffsets.Length; i++)
            {
                isChanged |= Mend(bytes, FixedOffsets[i] - offset, FixedValues[i]);
            }

            for (int i = 0; i < CounterAtZero.Length; i++)
            {
                isChanged |= Mend(bytes, CounterOffset + i - offset, CounterAtZero[i]);
            }

            return isChanged;
        }

        private static bool Mend(byte[] bytes, int place, byte value)
        {
            bool isChanged = place >= 0 && place < bytes.Length && bytes[place] != value;
            if (isChanged)
            {
                bytes[place] = value;
            }

            return isChanged;
        }
    }
}
