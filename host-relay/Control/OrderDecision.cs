using Helios.Chain;

namespace Helios.Control;

/// <summary>When an order is signed: the decision alone, without chain or database.</summary>
internal static class OrderDecision
{
    private const ulong OrderWhMax = (1UL << 48) - 1;

    /// <summary>
    /// False for a meter that began with registers whose sum needs 49 bits: nobody can redeem for
    /// it either.
    /// </summary>
    public static bool FitsAnOrder(MeterAuthorisation final) => final.AuthorisedWh <= OrderWhMax;

    /// <summary>
    /// True if the final state lets more energy through than was signed before. A meter that is
    /// not active gets no order, whatever was redeemed for it.
    /// </summary>
    /// <param name="final">What a final block says of the meter; it fits an order.</param>
    /// <param name="signedWh">The highest value signed for it, Wh; 0 if none.</param>
    public static bool IsDue(MeterAuthorisation final, ulong signedWh) =>
        final.State == EnrolledState.Active && final.AuthorisedWh > signedWh;
}
