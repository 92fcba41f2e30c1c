using QRCoder;

namespace Helios.Enrolling;

/// <summary>A QR code in a terminal's letters, two modules above each other in one.</summary>
internal static class QrText
{
    /// <param name="text">
    /// Upper-case letters, digits, space and hyphen make it smallest: 417 of them are 69 modules.
    /// </param>
    public static string Of(string text)
    {
        using var qr = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.L);
        using var letters = new AsciiQRCode(qr);
        return letters.GetGraphicSmall();
    }
}
