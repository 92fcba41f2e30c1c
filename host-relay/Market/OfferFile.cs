using System.Text.Json;
using System.Text.Json.Serialization;
using Helios.Chain;

namespace Helios.Trading;

/// <summary>
/// A signed offer as a JSON file that anyone can pass on. It holds no secret, and who alters it is
/// found out.
/// </summary>
/// <param name="ChainId">The chain that it is signed for.</param>
/// <param name="EnergyMarket">The contract that it is signed for.</param>
/// <param name="Offer">What the seller offers.</param>
/// <param name="Signature">Of the seller.</param>
internal sealed record OfferFile(
    ulong ChainId, Address EnergyMarket, Offer Offer, byte[] Signature)
{
    private const long LengthMax = 100_000;
    private const ulong TimeMax = (1UL << 40) - 1;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
    };

    /// <summary>Looks whether a file can be written, before anything is sent.</summary>
    /// <exception cref="BadInputException">It is there, or its folder is not.</exception>
    public static void RequireFree(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Path.Exists(path) || !Directory.Exists(folder))
        {
            throw new BadInputException(
                $"The file {path} is there already, or its folder is not: name another one.");
        }
    }

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="BadInputException">It is there, or cannot be written.</exception>
    public void Write(string path)
    {
        var content = new Content(ChainId, $"{EnergyMarket}", ToContent(Offer), Hex.Of(Signature));
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew);
            JsonSerializer.Serialize(file, content, Format);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"The file {path} cannot be written ({failure.Message.TrimEnd('.')}): name "
                    + "another one that is not there yet.",
                failure);
        }
    }

    /// <summary>Reads a file; the signature is not looked at.</summary>
    /// <exception cref="BadInputException">It cannot be read, or is no offer.</exception>
    public static OfferFile Read(string path)
    {
        var content = Parse(path);
        return Address.TryParse(content.EnergyMarket, out var energyMarket)
            && Hex.TryParse(content.Signature, out var signature)
            && ToOffer(content.Offer) is { } offer
                ? new OfferFile(content.ChainId, energyMarket, offer, signature)
                : throw new BadInputException(
                    $"The file {path} holds an offer with a field outside its range: ask the "
                        + "seller for the file that `market sell` wrote.");
    }

    private static Content Parse(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return file.Length > LengthMax
                ? throw new JsonException()
                : JsonSerializer.Deserialize<Content>(file, Format) ?? throw new JsonException();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(
                $"The file {path} cannot be read: name one that `market sell` wrote.", failure);
        }
        catch (JsonException failure)
        {
            throw new BadInputException(
                $"The file {path} holds no offer: name one that `market sell` wrote.", failure);
        }
    }

    private static OfferContent ToContent(Offer offer) => new(
        $"{offer.Seller}",
        $"{offer.Market}",
        offer.Lots,
        offer.Ticks,
        offer.MinLots,
        $"{offer.Buyer}",
        offer.ValidUntil,
        offer.Epoch,
        $"{offer.Salt}");

    private static Offer? ToOffer(OfferContent content) =>
        Address.TryParse(content.Seller, out var seller)
        && Bytes32.TryParse(content.Market, out var market)
        && Address.TryParse(content.Buyer, out var buyer)
        && Bytes32.TryParse(content.Salt, out var salt)
        && content.Lots <= MarketFacts.LotsMax
        && content.MinLots <= MarketFacts.LotsMax
        && content.Ticks is > 0 and <= MarketFacts.TicksMax
        && content.ValidUntil <= TimeMax
            ? new Offer(
                seller,
                market,
                content.Lots,
                content.Ticks,
                content.MinLots,
                buyer,
                content.ValidUntil,
                content.Epoch,
                salt)
            : null;

    private sealed record OfferContent(
        string Seller,
        string Market,
        ulong Lots,
        ushort Ticks,
        ulong MinLots,
        string Buyer,
        ulong ValidUntil,
        uint Epoch,
        string Salt);

    private sealed record Content(
        ulong ChainId, string EnergyMarket, OfferContent Offer, string Signature);
}
