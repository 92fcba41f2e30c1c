namespace Helios.Chain;

/// <summary>What Redemptions has settled of a meter, Wh since its enrolment.</summary>
/// <param name="RedeemedWh">Coins that came for it.</param>
/// <param name="SettledWh">Burned: delivered, by the meter's signature.</param>
/// <param name="RefundedWh">Paid out to the owner: given back, by the meter's signature.</param>
public sealed record RedemptionAccount(
    ulong RedeemedWh, ulong SettledWh, ulong RefundedWh);
