using Helios.Chain;
using Helios.Element;
using Helios.LocalChain;
using Helios.Messaging;
using Helios.Metering;
using Helios.Signing;

namespace Helios.Tests.Element;

/// <summary>A ledger on a chain of this computer, and a meter with a key in an element.</summary>
internal sealed class LedgerOnChain : IAsyncDisposable
{
    private const uint MaxPowerW = 5750;
    private const int CallsAtOnce = 100;

    private static readonly TimeSpan RpcTimeLimit = TimeSpan.FromSeconds(60);

    private readonly LocalNode _node;
    private readonly ChainNode _chain;
    private readonly ElementBench _bench = ElementBench.Ready();
    private readonly byte[] _publicKey = new byte[SignerAddress.PublicKeyLength];
    private readonly byte[] _meter = new byte[SignerAddress.Length];
    private Address _ledger;
    private ElementSigner _signer = null!;

    private LedgerOnChain(LocalNode node)
    {
        _node = node;
        _chain = new ChainNode(node.Rpc, RpcTimeLimit);
    }

    public static async Task<LedgerOnChain> StartAsync(CancellationToken ct)
    {
        var ledger = new LedgerOnChain(
            await LocalNode.StartAsync(DateTimeOffset.UtcNow.AddHours(-1), ct));
        await ledger.EnrolAsync(ct);
        return ledger;
    }

    public async ValueTask DisposeAsync()
    {
        _chain.Dispose();
        await _node.DisposeAsync();
    }

    /// <summary>A reading that the element signed: 163 bytes.</summary>
    public byte[] Sign(uint pagination)
    {
        var reading = new Reading(
            pagination, pagination % 1000, pagination % 777, 0, 0, 900UL * pagination, 0);
        var signature = new byte[_signer.SignatureLength];
        Assert.Equal(SigningResult.Complete, _signer.Sign(reading, signature));
        var message = new byte[ReadingCodec.LengthP256];
        Assert.Equal(CodecResult.Done, ReadingCodec.Encode(reading, signature, message));
        return message;
    }

    /// <summary>Of each reading, whether the ledger would take it now.</summary>
    public async Task<bool[]> AreTakenAsync(
        IReadOnlyCollection<byte[]> signedReadings, CancellationToken ct)
    {
        var taken = new List<bool>();
        foreach (var some in signedReadings.Chunk(CallsAtOnce))
        {
            var answers = await _chain.CallManyAsync(
                [.. some.Select(one => (_ledger, LedgerCalls.Record(one)))], ct);
            taken.AddRange(answers.Select(answer => answer.Refusal is null));
        }

        return [.. taken];
    }

    private async Task EnrolAsync(CancellationToken ct)
    {
        var accounts = await _chain.InvokeAsync("eth_accounts", ct);
        var enroller = new Enroller(_chain);
        await Enroller.FundAsync(_chain, enroller.Address, ct);
        _ledger = await ContractsDeployment.LedgerAsync(
            _node.Rpc,
            Address.Parse(accounts[0].GetString()!),
            enroller.Address,
            new DeploymentTerms(1000, MaxPowerW, MaxPowerW),
            ct);

        _bench.Element.ReadPublicKey(_publicKey);
        SignerAddress.Write(_publicKey, _meter);
        _signer = new ElementSigner(
            _bench.Element,
            new Eip712Domain(LocalNode.ChainId, Convert.FromHexString(_ledger.ToString()[2..])),
            _publicKey);
        byte[] owner = [0x70, .. new byte[19]];
        var enrolment = new Enrolment(
            _meter, owner, 1000, MaxPowerW, 1, 0, 0, 0, Enrolment.SecureElement);
        var signature = new byte[_signer.SignatureLength];
        Assert.Equal(SigningResult.Complete, _signer.Sign(enrolment, signature));
        await enroller.EnrolAsync(_ledger, enrolment, signature, ct);
    }
}
