namespace Helios.Device
{
    /// <summary>What the owner did with his button.</summary>
    public enum ButtonPress
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>Pressed it for a moment.</summary>
        Moment,

        /// <summary>Held it.</summary>
        Held,
    }
}
