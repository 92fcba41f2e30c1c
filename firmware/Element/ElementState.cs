namespace Helios.Element
{
    /// <summary>How far an element is provisioned. There is no way back.</summary>
    public enum ElementState
    {
        /// <summary>Not looked at yet.</summary>
        Unknown,

        /// <summary>Its configuration is not locked: it is as its maker sold it.</summary>
        Blank,

        /// <summary>Locked as a meter needs it; it has no key yet.</summary>
        Configured,

        /// <summary>It has a key, which could still be made anew.</summary>
        KeyMade,

        /// <summary>Its key is there for good.</summary>
        Ready,

        /// <summary>Locked by somebody else, for something else.</summary>
        LockedDifferently,

        /// <summary>No ATECC608: a sibling, which does not do all that a meter needs.</summary>
        OtherChip,
    }
}
