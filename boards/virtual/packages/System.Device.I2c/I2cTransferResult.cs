namespace System.Device.I2c;

/// <summary>What became of a transfer.</summary>
public struct I2cTransferResult
{
    private readonly I2cTransferStatus _status;
    private readonly uint _bytesTransferred;

    internal I2cTransferResult(I2cTransferStatus status, uint bytesTransferred)
    {
        _status = status;
        _bytesTransferred = bytesTransferred;
    }

    public uint BytesTransferred => _bytesTransferred;

    public I2cTransferStatus Status => _status;
}
