using Helios.Metering;

namespace Helios.Messaging
{
    /// <summary>
    /// The meter's key with its EIP-712 domain: a software key, or a secure element behind a bus.
    /// </summary>
    public interface IReadingSigner
    {
        /// <summary>
        /// Signs a reading; may take seconds, never called by the counting thread.
        /// </summary>
        /// <param name="reading">What to sign.</param>
        /// <param name="signature">64 bytes for r and yParity with s (EIP-2098).</param>
        SigningResult Sign(Reading reading, byte[] signature);
    }
}
