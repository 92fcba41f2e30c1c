namespace Helios.Signing
{
    /// <summary>
    /// HMAC-SHA-256, RFC 2104, in managed code: right everywhere, but a signature with it costs
    /// about half as much again as with the device's own. Wipes key and message from its buffers.
    /// </summary>
    public sealed class ManagedHmacSha256 : IHmacSha256
    {
        private readonly Sha256 _hash = new Sha256();
        private readonly byte[] _pad = new byte[Sha256.BlockLength];
        private readonly byte[] _inner = new byte[Sha256.DigestLength];

        /// <inheritdoc/>
        public byte[] HashData(byte[] key, byte[] data)
        {
            byte[] blockKey = key;
            if (key.Length > Sha256.BlockLength)
            {
                blockKey = new byte[Sha256.DigestLength];
                _hash.Reset();
                _hash.Append(key, 0, key.Length);
                _hash.Finish(blockKey);
            }

            byte[] result = new byte[Sha256.DigestLength];
            HashPadded(blockKey, 0x36, data, _inner);
            HashPadded(blockKey, 0x5C, _inner, result);

            Secret.Clear(_pad);
            Secret.Clear(_inner);
            if (blockKey != key)
            {
                Secret.Clear(blockKey);
            }

            _hash.Clear();
            return result;
        }

        // H((key xor pad) followed by the message), RFC 2104, section 2.
        private void HashPadded(byte[] key, int pad, byte[] message, byte[] digest)
        {
            for (int i = 0; i < _pad.Length; i++)
            {
                int keyByte = i < key.Length ? key[i] : 0;
                _pad[i] = (byte)(keyByte ^ pad);
            }

            _hash.Reset();
            _hash.Append(_pad, 0, _pad.Length);
            _hash.Append(message, 0, message.Length);
            _hash.Finish(digest);
        }
    }
}
