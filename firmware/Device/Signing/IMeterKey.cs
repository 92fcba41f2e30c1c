using Helios.Signing;

namespace Helios.Device
{
    /// <summary>
    /// The meter's key as far as the stages need it: in files, or in a secure element. Used by the
    /// signing thread.
    /// </summary>
    public interface IMeterKey
    {
        /// <summary>
        /// Found is a key that may have signed; Missing, a meter that never signed.
        /// </summary>
        KeyResult State { get; }

        /// <summary>What an Enrolment says of it, one of <see cref="Enrolment"/>'s.</summary>
        byte Assurance { get; }

        /// <summary>
        /// Where it is, in words that end a sentence of the console. After Found.
        /// </summary>
        string DescribePlace();

        /// <summary>Looks for it.</summary>
        KeyResult Load();

        /// <summary>
        /// What must be done before a meter's first journal is begun, one step a call.
        /// </summary>
        /// <param name="obstacle">Why there is no further step; null if there may be.</param>
        /// <returns>True if nothing is left to be done.</returns>
        bool TryPrepare(out string obstacle);

        /// <summary>True if <see cref="TryMake"/> has all that it needs.</summary>
        bool CanBeMade { get; }

        /// <summary>Makes the key of a meter that never signed, if it can be made.</summary>
        /// <param name="nonce">The configuration's provisioning nonce.</param>
        /// <returns>Found if it is there now.</returns>
        KeyResult TryMake(byte[] nonce);

        /// <summary>The signer with this key. Once, after Found.</summary>
        /// <param name="domain">The deployment for which is signed.</param>
        /// <param name="address">Receives the meter's address, 20 bytes.</param>
        IMeterSigner CreateSigner(Eip712Domain domain, byte[] address);

        /// <summary>Mixes random bytes into what signs, once the radio is on.</summary>
        void StirOnce();
    }
}
