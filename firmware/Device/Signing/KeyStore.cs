using System;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// The meter's secret in two files, each with a check, so that a cut while one is written
    /// leaves the other. In clear: whoever has the board can read it (assurance 0).
    /// </summary>
    public sealed class KeyStore
    {
        /// <summary>Bytes of a file: magic 4, version 1, key 32, CRC-32 4, big-endian.</summary>
        public const int FileLength = SecretOffset + SigningKey.SecretLength + 4;

        private const int SecretOffset = 5;
        private const int ChecksumOffset = SecretOffset + SigningKey.SecretLength;

        // "HELK" in ASCII.
        private const ulong Magic = 0x48454C4B;
        private const byte Version = 1;

        private static readonly string[] Names = { "key0", "key1" };

        private readonly IFlash _flash;
        private readonly Crc32 _crc32 = new Crc32();

        /// <param name="flash">Where the files are.</param>
        public KeyStore(IFlash flash)
        {
            _flash = flash;
        }

        /// <summary>Loads the key, and mends a file that is not like the other.</summary>
        /// <param name="secret">Receives 32 bytes if Found; the caller clears them.</param>
        public KeyResult Load(byte[] secret)
        {
            byte[] first = new byte[FileLength];
            byte[] second = new byte[FileLength];
            KeyResult resultOfFirst = Read(0, first);
            KeyResult resultOfSecond = Read(1, second);
            KeyResult result = Choose(resultOfFirst, first, resultOfSecond, second, secret);
            Array.Clear(first, 0, FileLength);
            Array.Clear(second, 0, FileLength);
            return result;
        }

        /// <summary>
        /// Keeps a new key. Only for a meter that never signed: what was there is gone.
        /// </summary>
        /// <param name="secret">32 bytes.</param>
        /// <returns>Found if both files stand, else StorageFailed.</returns>
        public KeyResult Create(byte[] secret)
        {
            byte[] file = new byte[FileLength];
            BigEndian.Write(file, 0, 4, Magic);
            file[4] = Version;
            Array.Copy(secret, 0, file, SecretOffset, SigningKey.SecretLength);
            BigEndian.Write(file, ChecksumOffset, 4, _crc32.Compute(file, ChecksumOffset));
            bool isKept = TryWrite(0, file) && TryWrite(1, file);
            Array.Clear(file, 0, FileLength);
            return isKept ? KeyResult.Found : KeyResult.StorageFailed;
        }

        private KeyResult Choose(
            KeyResult resultOfFirst,
            byte[] first,
            KeyResult resultOfSecond,
            byte[] second,
            byte[] secret)
        {
            bool isInFirst = resultOfFirst == KeyResult.Found;
            bool isInSecond = resultOfSecond == KeyResult.Found;
            if (isInFirst && isInSecond && !AreSame(first, second))
            {
                return KeyResult.Damaged;
            }

            if (!isInFirst && !isInSecond)
            {
                return Worse(resultOfFirst, resultOfSecond);
            }

            byte[] file = isInFirst ? first : second;
            Array.Copy(file, SecretOffset, secret, 0, SigningKey.SecretLength);
            if (isInFirst != isInSecond)
            {
                TryWrite(isInFirst ? 1 : 0, file);
            }

            return KeyResult.Found;
        }

        private static KeyResult Worse(KeyResult one, KeyResult other)
        {
            if (one == KeyResult.StorageFailed || other == KeyResult.StorageFailed)
            {
                return KeyResult.StorageFailed;
            }

            return one == KeyResult.Missing && other == KeyResult.Missing
                ? KeyResult.Missing
                : KeyResult.Damaged;
        }

        private KeyResult Read(int slot, byte[] file)
        {
            switch (_flash.Read(Names[slot], file, out int length))
            {
                case FlashResult.Done:
                    return length == FileLength && IsWhole(file)
                        ? KeyResult.Found
                        : KeyResult.Damaged;
                case FlashResult.Missing:
                    return KeyResult.Missing;
                case FlashResult.TooLong:
                    return KeyResult.Damaged;
                default:
                    return KeyResult.StorageFailed;
            }
        }

        private bool IsWhole(byte[] file)
        {
            return BigEndian.Read(file, 0, 4) == Magic
                && file[4] == Version
                && BigEndian.Read(file, ChecksumOffset, 4) == _crc32.Compute(file, ChecksumOffset)
                && IsKey(file);
        }

        private static bool IsKey(byte[] file)
        {
            byte[] secret = new byte[SigningKey.SecretLength];
            Array.Copy(file, SecretOffset, secret, 0, secret.Length);
            bool isValid = SigningKey.IsValidSecret(secret);
            Array.Clear(secret, 0, secret.Length);
            return isValid;
        }

        private bool TryWrite(int slot, byte[] file)
        {
            byte[] readBack = new byte[FileLength];
            bool isWritten = _flash.Write(Names[slot], file) == FlashResult.Done
                && Read(slot, readBack) == KeyResult.Found
                && AreSame(file, readBack);
            Array.Clear(readBack, 0, FileLength);
            return isWritten;
        }

        // Takes the same time wherever they differ.
        private static bool AreSame(byte[] one, byte[] other)
        {
            int bits = 0;
            for (int i = 0; i < FileLength; i++)
            {
                bits |= one[i] ^ other[i];
            }

            return bits == 0;
        }
    }
}
