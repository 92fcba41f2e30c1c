namespace Helios.Boards.Simulated;

/// <summary>What is left of a file whose write was cut.</summary>
public enum TornWrite
{
    /// <summary>The old content: littlefs commits when a file is closed.</summary>
    OldStays,

    /// <summary>New bytes up to the cut, old ones behind it.</summary>
    NewOverOld,

    /// <summary>New bytes up to the cut, nothing behind it.</summary>
    NewOnly,

    /// <summary>New bytes up to the cut, erased flash (0xFF) behind it.</summary>
    ErasedBehind,
}
