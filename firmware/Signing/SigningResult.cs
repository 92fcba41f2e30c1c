namespace Helios.Signing
{
    /// <summary>How a signature went.</summary>
    public enum SigningResult
    {
        /// <summary>The bytes are a signature.</summary>
        Complete,

        /// <summary>There is none; the key or its element did not answer.</summary>
        Failed,
    }
}
