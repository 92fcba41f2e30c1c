namespace Helios.Device
{
    /// <summary>
    /// Who the meter is: known once its key was loaded, or made when the radio was first on. Set
    /// once by the signing stage, read by any.
    /// </summary>
    public sealed class MeterIdentity
    {
        private readonly object _lock = new object();
        private byte[] _address;

        /// <summary>The meter's address, 20 bytes; null while there is no key.</summary>
        public byte[] Address
        {
            get
            {
                lock (_lock)
                {
                    return _address;
                }
            }
        }

        /// <summary>The key is there. Signing stage, once.</summary>
        /// <param name="address">20 bytes, kept, never changed after.</param>
        public void Set(byte[] address)
        {
            lock (_lock)
            {
                _address = address;
            }
        }
    }
}
