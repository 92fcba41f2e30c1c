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
        private byte[] _enrolment;

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

        /// <summary>
        /// What it signed to be enrolled, 135 bytes, or 199 on P-256; null while there is no key.
        /// </summary>
        public byte[] Enrolment
        {
            get
            {
                lock (_lock)
                {
                    return _enrolment;
                }
            }
        }

        /// <summary>The key is there, and has signed its Enrolment. Signing stage, once.</summary>
        /// <param name="address">20 bytes, kept, never changed after.</param>
        /// <param name="enrolment">As it is published; kept, never changed after.</param>
        public void Set(byte[] address, byte[] enrolment)
        {
            lock (_lock)
            {
                _address = address;
                _enrolment = enrolment;
            }
        }
    }
}
