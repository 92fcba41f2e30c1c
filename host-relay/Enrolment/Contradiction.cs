using Helios.Metering;
using Helios.Relay;

namespace Helios.Enrolling;

/// <summary>
/// Two readings of one meter that cannot both be true: one pagination with two contents, or a newer
/// one with a lower register. The contract decides; this only finds them.
/// </summary>
/// <param name="First">The older one, or either of two alike in pagination.</param>
/// <param name="Second">The newer one.</param>
internal sealed record Contradiction(VerifiedReading First, VerifiedReading Second)
{
    private static readonly Func<Reading, ulong>[] Registers =
    [
        static reading => reading.ExportWh,
        static reading => reading.ImportWh,
        static reading => reading.AuthorisedWh,
        static reading => reading.ReturnedWh,
    ];

    /// <summary>The first that there is; null if all of them can be true.</summary>
    /// <param name="readings">Of one meter, in any order.</param>
    public static Contradiction? In(IEnumerable<VerifiedReading> readings)
    {
        VerifiedReading? before = null;
        var highest = new VerifiedReading?[Registers.Length];
        foreach (var reading in readings.OrderBy(static one => one.Reading.Pagination))
        {
            if (before is not null && AreTwoOfOnePagination(before, reading))
            {
                return new Contradiction(before, reading);
            }

            for (var i = 0; i < Registers.Length; i++)
            {
                var most = highest[i];
                if (most is null || Registers[i](reading.Reading) >= Registers[i](most.Reading))
                {
                    highest[i] = reading;
                }
                else
                {
                    return new Contradiction(most, reading);
                }
            }

            before = reading;
        }

        return null;
    }

    // Two signatures of the same reading contradict nothing.
    private static bool AreTwoOfOnePagination(VerifiedReading one, VerifiedReading other) =>
        one.Reading.Pagination == other.Reading.Pagination
        && !one.Signed.AsSpan(0, Messaging.ReadingCodec.ReadingLength).SequenceEqual(
            other.Signed.AsSpan(0, Messaging.ReadingCodec.ReadingLength));
}
