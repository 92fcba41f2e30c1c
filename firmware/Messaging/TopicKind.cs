namespace Helios.Messaging
{
    /// <summary>The last word of a meter's topic.</summary>
    public enum TopicKind
    {
        /// <summary>Not a topic of Helios, or not spelt as Helios spells it.</summary>
        Unknown,

        /// <summary>Meter to relay: a signed reading.</summary>
        Reading,

        /// <summary>Relay to meter: an acknowledgement.</summary>
        Acknowledgement,

        /// <summary>Owner to meter: a signed request.</summary>
        Request,

        /// <summary>Meter to anyone: JSON, retained.</summary>
        Status,
    }
}
