namespace Helios.Metering
{
    /// <summary>How provisioning went.</summary>
    public enum ProvisionResult
    {
        /// <summary>The journal stands in both slots; the key may be made now.</summary>
        Provisioned,

        /// <summary>There is a journal or a key already; nothing was changed.</summary>
        NotUnprovisioned,

        /// <summary>The journal could not be written; nothing may be signed.</summary>
        StorageFailed,

        /// <summary>The secure element does not answer; nothing was written.</summary>
        ElementSilent,
    }
}
