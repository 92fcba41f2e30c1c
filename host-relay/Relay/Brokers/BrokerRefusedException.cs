namespace Helios.Relay;

/// <summary>A broker answered, and said no.</summary>
internal sealed class BrokerRefusedException : InvalidOperationException
{
    /// <param name="answer">Its answer, in words without a full stop.</param>
    /// <param name="mayPass">See <see cref="MayPass"/>.</param>
    public BrokerRefusedException(string answer, bool mayPass)
        : base(answer)
    {
        MayPass = mayPass;
    }

    /// <summary>False where it does not let this user in; true where it is busy or ends.</summary>
    public bool MayPass { get; }
}
