namespace Helios.Signing
{
    /// <summary>
    /// The numbers that mask a signature's intermediate values: a chain of HMACs that starts at
    /// the key and moves on with every signature, so that no two share their masks until the next
    /// restart, and not even then if entropy is stirred in. Masks never reach the signature.
    /// </summary>
    internal sealed class MaskSource
    {
        private readonly IHmacSha256 _hmac;
        private readonly byte[] _label = new byte[1];
        private byte[] _state;

        /// <param name="hmac">The platform's HMAC.</param>
        /// <param name="secret">The key; it is not kept.</param>
        public MaskSource(IHmacSha256 hmac, byte[] secret)
        {
            _hmac = hmac;
            _state = _hmac.HashData(secret, _label);
        }

        /// <summary>
        /// Mixes in what is hard to guess; what was mixed in before keeps its effect.
        /// </summary>
        public void Stir(byte[] entropy)
        {
            Replace(_hmac.HashData(_state, entropy));
        }

        /// <summary>32 secret bytes, which the caller clears.</summary>
        public byte[] Next()
        {
            _label[0] = 0x01;
            byte[] mask = _hmac.HashData(_state, _label);
            _label[0] = 0x02;
            Replace(_hmac.HashData(_state, _label));
            return mask;
        }

        /// <summary>Overwrites the state.</summary>
        public void Clear()
        {
            Secret.Clear(_state);
        }

        private void Replace(byte[] state)
        {
            Secret.Clear(_state);
            _state = state;
        }
    }
}
