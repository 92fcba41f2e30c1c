namespace Helios.Chain;

/// <summary>What a meter signs and an enroller submits, in the order of the contract's struct.</summary>
public sealed record MeterEnrolment
{
    /// <summary>The meter's address.</summary>
    public required Address Meter { get; init; }

    /// <summary>Who gets the coins; never zero.</summary>
    public required Address Owner { get; init; }

    /// <summary>Impulse constant, imp/kWh.</summary>
    public required uint ImpulsesPerKwh { get; init; }

    /// <summary>Rated power, W: above 0, at most the deployment's limit.</summary>
    public required uint MaxPowerW { get; init; }

    /// <summary>Readings count above this pagination.</summary>
    public required uint Pagination { get; init; }

    /// <summary>Export register at enrolment, Wh.</summary>
    public required ulong ExportWh { get; init; }

    /// <summary>Import register at enrolment, Wh.</summary>
    public required ulong ImportWh { get; init; }

    /// <summary>Returned register at enrolment, Wh.</summary>
    public required ulong ReturnedWh { get; init; }

    /// <summary>0 software key, 1 encrypted flash with secure boot, 2 secure element.</summary>
    public required byte Assurance { get; init; }
}
