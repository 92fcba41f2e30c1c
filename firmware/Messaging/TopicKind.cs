namespace Helios.Messaging
{
    /// <summary>What a meter's topic is for: the word after its address.</summary>
    public enum TopicKind
    {
        /// <summary>Not a topic of Helios, or not spelt as Helios spells it.</summary>
        Unknown,

        /// <summary>Meter to relay: a signed reading.</summary>
        Reading,

        /// <summary>Relay to meter: an acknowledgement.</summary>
        Acknowledgement,

        /// <summary>Controller to meter: a signed order, retained; a topic for each.</summary>
        Order,

        /// <summary>Controllers to meter: a signed set, retained; one topic a number.</summary>
        Controllers,

        /// <summary>Owner to meter: a signed request.</summary>
        Request,

        /// <summary>Meter to anyone: JSON, retained.</summary>
        Status,

        /// <summary>Meter to anyone: what it signed to be enrolled, retained.</summary>
        Enrolment,
    }
}
