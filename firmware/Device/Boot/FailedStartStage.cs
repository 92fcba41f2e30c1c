namespace Helios.Device
{
    /// <summary>
    /// All that runs after an exception before the stages began: a restart, not at once, so that
    /// a start that always fails wears nothing out.
    /// </summary>
    internal sealed class FailedStartStage : IStage
    {
        private readonly IPower _power;

        public FailedStartStage(IPower power)
        {
            _power = power;
        }

        public ulong Turn(ulong uptimeMs)
        {
            if (uptimeMs < RestartSequence.UptimeMsMin)
            {
                return RestartSequence.UptimeMsMin;
            }

            _power.Restart();
            return GuardedStage.Never;
        }
    }
}
