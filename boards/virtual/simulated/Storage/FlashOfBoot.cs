using Helios.Boards.Hardware;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>
/// The flash as one boot reaches it: a write freezes every thread, and may be the last.
/// </summary>
internal sealed class FlashOfBoot(SimulatedFlash flash, BoardHardware board) : IFlash
{
    /// <inheritdoc/>
    public FlashResult Read(string name, byte[] bytes, out int length)
    {
        length = 0;
        if (!board.IsRunning || !flash.TryRead(name, out var content))
        {
            return FlashResult.Failed;
        }

        if (content is null)
        {
            return FlashResult.Missing;
        }

        if (content.Length > bytes.Length)
        {
            return FlashResult.TooLong;
        }

        content.CopyTo(bytes, 0);
        length = content.Length;
        return FlashResult.Done;
    }

    /// <inheritdoc/>
    public FlashResult Write(string name, byte[] bytes)
    {
        if (board.IsRunning)
        {
            board.Time.Freeze(flash.WriteMs);
        }

        return board.IsRunning && flash.TryWrite(name, bytes)
            ? FlashResult.Done
            : FlashResult.Failed;
    }
}
