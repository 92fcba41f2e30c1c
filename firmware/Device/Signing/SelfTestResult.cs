namespace Helios.Device
{
    /// <summary>What the self-test found.</summary>
    public enum SelfTestResult
    {
        /// <summary>Every answer is the known one.</summary>
        Passed,

        /// <summary>HMAC-SHA-256 gave another answer.</summary>
        HmacWrong,

        /// <summary>Keccak-256 gave another answer.</summary>
        KeccakWrong,

        /// <summary>A signature, or the address of its key, is another.</summary>
        SignatureWrong,
    }
}
