using System.Security.Cryptography;
using Helios.Device;

namespace Helios.Boards.Simulated;

/// <summary>Random bytes: of this computer, or of a seed.</summary>
/// <param name="seed">Null for true ones.</param>
internal sealed class BoardEntropy(int? seed) : IEntropy
{
    private readonly Random? _seeded = seed is { } number ? new Random(number) : null;

    /// <inheritdoc/>
    public void Fill(byte[] bytes)
    {
        if (_seeded is null)
        {
            RandomNumberGenerator.Fill(bytes);
        }
        else
        {
            _seeded.NextBytes(bytes);
        }
    }
}
