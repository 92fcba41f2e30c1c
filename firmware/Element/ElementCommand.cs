using System;

namespace Helios.Element
{
    /// <summary>
    /// A command of the ATECC608: opcode, parameters, data, what it answers, how long it takes.
    /// Opcodes, modes and times are those of Microchip's cryptoauthlib 788acf6f
    /// (lib/calib/calib_command.h, and in calib_execution.c the times of the 608 at its full
    /// clock, "M0").
    /// </summary>
    internal sealed class ElementCommand
    {
        /// <summary>Bytes of a block of its memory.</summary>
        public const int BlockLength = 32;

        /// <summary>Bytes of a word of its memory, and of a counter.</summary>
        public const int WordLength = 4;

        /// <summary>Bytes of a command at most: word address, count, the rest of 44.</summary>
        public const int PacketLengthMax = 1 + Overhead + BlockLength;

        // Count, opcode, two parameters of 1 and 2 bytes, checksum.
        private const int Overhead = 7;

        // The word address that a command begins with.
        private const byte CommandWord = 0x03;

        private const byte BlockFlag = 0x80;
        private const byte LockWithoutSummary = 0x80;
        private const byte LockOfSlot = 0x02;
        private const byte LockOfData = 0x01;

        private readonly byte _opcode;
        private readonly byte _mode;
        private readonly uint _parameter;
        private readonly byte[] _data;

        private ElementCommand(
            byte opcode, uint mode, uint parameter, byte[] data, int answerLength, uint executionMs)
        {
            _opcode = opcode;
            _mode = (byte)mode;
            _parameter = parameter;
            _data = data;
            AnswerLength = answerLength;
            ExecutionMs = executionMs;
        }

        /// <summary>Bytes that it answers, without count and checksum; 1 is a status.</summary>
        public int AnswerLength { get; }

        /// <summary>How long it may take, ms.</summary>
        public uint ExecutionMs { get; }

        /// <summary>
        /// Done twice it does more than once: after an answer that was lost, look before asking
        /// again.
        /// </summary>
        public bool IsOnceOnly { get; private set; }

        /// <summary>The revision, 4 bytes: 00 00 60 02 and more of an ATECC608.</summary>
        public static ElementCommand Info()
        {
            return new ElementCommand(0x30, 0, 0, null, WordLength, 5);
        }

        /// <summary>A block of the configuration zone, 32 bytes.</summary>
        /// <param name="block">0 to 3.</param>
        public static ElementCommand ReadConfiguration(uint block)
        {
            return new ElementCommand(0x02, BlockFlag, block * 8, null, BlockLength, 5);
        }

        /// <summary>Writes a word of the configuration zone, while that is not locked.</summary>
        /// <param name="word">0 to 31.</param>
        /// <param name="bytes">4 bytes.</param>
        public static ElementCommand WriteConfiguration(uint word, byte[] bytes)
        {
            return new ElementCommand(0x12, 0, word, bytes, 1, 45);
        }

        /// <summary>Locks the configuration zone for ever, if this is its checksum.</summary>
        /// <param name="summary">Of its 128 bytes.</param>
        public static ElementCommand LockConfiguration(uint summary)
        {
            return Once(new ElementCommand(0x17, 0, summary, null, 1, 35));
        }

        /// <summary>Locks the data zone for ever.</summary>
        public static ElementCommand LockData()
        {
            return Once(
                new ElementCommand(0x17, LockWithoutSummary | LockOfData, 0, null, 1, 35));
        }

        /// <summary>Locks one slot for ever: its key is used, and never made anew.</summary>
        public static ElementCommand LockSlot(uint slot)
        {
            return Once(new ElementCommand(0x17, LockOfSlot | (slot << 2), 0, null, 1, 35));
        }

        /// <summary>32 random bytes; before the configuration is locked, a fixed pattern.</summary>
        public static ElementCommand Random()
        {
            return new ElementCommand(0x1B, 0, 0, null, BlockLength, 23);
        }

        /// <summary>Makes a private key in a slot; answers X and Y, 64 bytes.</summary>
        public static ElementCommand MakeKey(uint slot)
        {
            return new ElementCommand(0x40, 0x04, slot, null, 64, 115);
        }

        /// <summary>The public key of the private key in a slot: X and Y, 64 bytes.</summary>
        public static ElementCommand PublicKey(uint slot)
        {
            return new ElementCommand(0x40, 0, slot, null, 64, 115);
        }

        /// <summary>Nonce, passed through: what is to be signed, into its digest buffer.</summary>
        /// <param name="digest">32 bytes.</param>
        public static ElementCommand LoadDigest(byte[] digest)
        {
            return new ElementCommand(0x16, 0x43, 0, digest, 1, 20);
        }

        /// <summary>Signs what the digest buffer holds; answers r and s, 64 bytes.</summary>
        public static ElementCommand Sign(uint slot)
        {
            return new ElementCommand(0x41, 0xA0, slot, null, 64, 115);
        }

        /// <summary>Where a counter is: 4 bytes, the lowest first.</summary>
        public static ElementCommand ReadCounter(uint counter)
        {
            return new ElementCommand(0x24, 0, counter, null, WordLength, 25);
        }

        /// <summary>Counts one further; answers where it is then.</summary>
        public static ElementCommand Count(uint counter)
        {
            return Once(new ElementCommand(0x24, 1, counter, null, WordLength, 25));
        }

        /// <summary>Writes the command as it goes over the bus.</summary>
        /// <param name="packet"><see cref="PacketLengthMax"/> bytes.</param>
        /// <returns>Bytes of it.</returns>
        public int WriteTo(byte[] packet)
        {
            int dataLength = _data == null ? 0 : _data.Length;
            int count = Overhead + dataLength;
            packet[0] = CommandWord;
            packet[1] = (byte)count;
            packet[2] = _opcode;
            packet[3] = _mode;
            packet[4] = (byte)(_parameter & 0xFF);
            packet[5] = (byte)(_parameter >> 8);
            if (dataLength > 0)
            {
                Array.Copy(_data, 0, packet, 6, dataLength);
            }

            Crc16.Append(packet, 1, count - Crc16.Length);
            return count + 1;
        }

        private static ElementCommand Once(ElementCommand command)
        {
            command.IsOnceOnly = true;
            return command;
        }
    }
}
