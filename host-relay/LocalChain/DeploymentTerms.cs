namespace Helios.LocalChain;

/// <summary>What is fixed when a ledger is deployed.</summary>
/// <param name="WhPerCoin">Watt-hours that one coin stands for; divides 10^18.</param>
/// <param name="MaxMeterPowerW">The highest rated power of a meter, W.</param>
/// <param name="EnrollerBudgetW">Rated power that the enroller may admit in all, W.</param>
/// <param name="MaxOpenWh">The largest open rest of a meter, Wh.</param>
public sealed record DeploymentTerms(
    uint WhPerCoin, uint MaxMeterPowerW, ulong EnrollerBudgetW, uint MaxOpenWh = 100_000);
