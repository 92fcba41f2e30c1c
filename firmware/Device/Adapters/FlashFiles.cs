using System;
using System.IO;

namespace Helios.Device
{
    /// <summary>
    /// Files of nanoFramework's file system, one folder of them. On littlefs a file is durable
    /// once it is closed, and until then its old content is what a power cut leaves.
    /// </summary>
    public sealed class FlashFiles : IFlash
    {
        /// <summary>The board's internal flash.</summary>
        public const string InternalFlash = "I:\\";

        private readonly string _folder;

        /// <param name="folder">With the separator at its end.</param>
        public FlashFiles(string folder)
        {
            _folder = folder;
        }

        /// <inheritdoc/>
        public FlashResult Read(string name, byte[] bytes, out int length)
        {
            length = 0;
            try
            {
                string path = _folder + name;
                return File.Exists(path) ? ReadWhole(path, bytes, ref length) : FlashResult.Missing;
            }
            catch (Exception)
            {
                length = 0;
                return FlashResult.Failed;
            }
        }

        /// <inheritdoc/>
        public FlashResult Write(string name, byte[] bytes)
        {
            try
            {
                using (FileStream file = new FileStream(
                    _folder + name, FileMode.Create, FileAccess.ReadWrite))
                {
                    file.Write(bytes, 0, bytes.Length);
                }

                return FlashResult.Done;
            }
            catch (Exception)
            {
                return FlashResult.Failed;
            }
        }

        private static FlashResult ReadWhole(string path, byte[] bytes, ref int length)
        {
            using (FileStream file = new FileStream(path, FileMode.Open, FileAccess.Read))
            {
                if (file.Length > bytes.Length)
                {
                    return FlashResult.TooLong;
                }

                int wanted = (int)file.Length;
                while (length < wanted)
                {
                    int read = file.Read(bytes, length, wanted - length);
                    if (read <= 0)
                    {
                        length = 0;
                        return FlashResult.Failed;
                    }

                    length += read;
                }

                return FlashResult.Done;
            }
        }
    }
}
