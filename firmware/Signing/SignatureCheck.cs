namespace Helios.Signing
{
    /// <summary>What the check of a signature found.</summary>
    public enum SignatureCheck
    {
        /// <summary>The signature is right.</summary>
        Valid,

        /// <summary>r or s is 0, or not below the group's order.</summary>
        OutOfRange,

        /// <summary>
        /// s is above half the order; its opposite would be a second valid signature.
        /// </summary>
        HighS,

        /// <summary>
        /// No point of the curve has r as its x, or the public key is no point of it.
        /// </summary>
        NotOnCurve,

        /// <summary>No key, or another key, made this signature.</summary>
        WrongSigner,
    }
}
