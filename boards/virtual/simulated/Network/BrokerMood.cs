namespace Helios.Boards.Simulated;

/// <summary>How a simulated broker's address answers.</summary>
public enum BrokerMood
{
    /// <summary>It is well.</summary>
    Accepts,

    /// <summary>Nobody listens: the connection is refused at once.</summary>
    Refuses,

    /// <summary>Nobody answers: TCP gives up after its repetitions.</summary>
    Unreachable,

    /// <summary>It takes the connection and says nothing.</summary>
    Mute,

    /// <summary>CONNACK says no.</summary>
    NotAuthorised,
}
