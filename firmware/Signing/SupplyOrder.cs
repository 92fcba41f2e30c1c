namespace Helios.Signing
{
    /// <summary>
    /// What a controller signs: up to this level of the import scale, energy is authorised for a
    /// meter. Cumulative: a later order says everything that an earlier one did.
    /// </summary>
    public sealed class SupplyOrder
    {
        /// <param name="meter">The meter's address, 20 bytes; kept, not copied.</param>
        /// <param name="authorisedWh">
        /// Authorised energy on the import scale, Wh, 0 to 2^48 - 1.
        /// </param>
        public SupplyOrder(byte[] meter, ulong authorisedWh)
        {
            Meter = meter;
            AuthorisedWh = authorisedWh;
        }

        /// <summary>The meter's address, 20 bytes.</summary>
        public byte[] Meter { get; }

        /// <summary>Authorised energy on the scale of the import register, Wh.</summary>
        public ulong AuthorisedWh { get; }
    }
}
