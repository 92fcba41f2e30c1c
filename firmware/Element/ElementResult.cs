namespace Helios.Element
{
    /// <summary>How it went with the element. Nothing is handed out unless Done.</summary>
    public enum ElementResult
    {
        /// <summary>As asked, and the answer's checksum is right.</summary>
        Done,

        /// <summary>Nothing acknowledges its address: away, asleep, or busy.</summary>
        NoAnswer,

        /// <summary>The bus was held, or the platform could not transfer.</summary>
        BusHeld,

        /// <summary>Its answer's checksum was wrong, time and again.</summary>
        Garbled,

        /// <summary>It says that a command's checksum was wrong, time and again.</summary>
        Misheard,

        /// <summary>It fell asleep or lost its supply in the midst of it, time and again.</summary>
        Interrupted,

        /// <summary>It computed wrong and says so, time and again.</summary>
        ComputedWrong,

        /// <summary>Its own self-test, or that of its random numbers, failed.</summary>
        SelfTestFailed,

        /// <summary>It does not do that: as it is locked, or as it is made.</summary>
        Refused,

        /// <summary>It is locked otherwise than this firmware locks one: never used.</summary>
        LockedDifferently,

        /// <summary>Its counter is not where it was asked to count from.</summary>
        CounterDiffers,

        /// <summary>Its counter has reached its end, 2^21 - 1.</summary>
        CounterUsedUp,
    }
}
