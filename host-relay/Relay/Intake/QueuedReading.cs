namespace Helios.Relay;

/// <summary>A verified reading on its way to the disk, or a marker that passes through.</summary>
/// <param name="Meter">Who signed it; null for a marker.</param>
/// <param name="Reading">What was signed; null for a marker.</param>
/// <param name="Done">
/// Completed after the commit, with null, or with the reason why it is not stored.
/// </param>
internal sealed record QueuedReading(
    KnownMeter? Meter, VerifiedReading? Reading, TaskCompletionSource<RefusalReason?> Done);
