using CsCheck;
using Helios.Messaging;

namespace Helios.Tests.Firmware.Messaging;

public class TopicsTests
{
    private const string Hex = "00112233445566778899aabbccddeeff01234567";

    private const string Other = "ffeeddccbbaa99887766554433221100fedcba98";

    private static readonly byte[] Meter = Convert.FromHexString(Hex);

    [Theory]
    [InlineData(TopicKind.Reading, "reading")]
    [InlineData(TopicKind.Acknowledgement, "ack")]
    [InlineData(TopicKind.Request, "request")]
    [InlineData(TopicKind.Status, "status")]
    [InlineData(TopicKind.Enrolment, "enrolment")]
    public void Spells_and_reads_each_topic_as_the_design_says(TopicKind kind, string word)
    {
        string topic = $"helios/v1/{Hex}/{word}";

        Assert.Equal(topic, Topics.Build(kind, Meter));
        Assert.Equal(kind, Topics.Parse(topic, out byte[] meter));
        Assert.Equal(Meter, meter);
    }

    [Fact]
    public void Spells_and_reads_the_topic_of_a_controllers_orders()
    {
        string topic = $"helios/v1/{Hex}/order/{Other}";

        Assert.Equal(topic, Topics.BuildOrder(Meter, Convert.FromHexString(Other)));
        Assert.Equal(TopicKind.Order, Topics.Parse(topic, out byte[] meter));
        Assert.Equal(Meter, meter);
        Assert.Equal(Convert.FromHexString(Other), Topics.ControllerOf(topic));
        Assert.Equal(0U, Topics.NumberOf(topic));
    }

    [Theory]
    [InlineData(1U)]
    [InlineData(10U)]
    [InlineData(uint.MaxValue)]
    public void Spells_and_reads_the_topic_of_a_set_of_controllers(uint number)
    {
        string topic = $"helios/v1/{Hex}/controllers/{number}";

        Assert.Equal(topic, Topics.BuildControllers(Meter, number));
        Assert.Equal(TopicKind.Controllers, Topics.Parse(topic, out byte[] meter));
        Assert.Equal(Meter, meter);
        Assert.Equal(number, Topics.NumberOf(topic));
        Assert.Null(Topics.ControllerOf(topic));
    }

    [Fact]
    public void Has_no_topic_for_an_unknown_kind() =>
        Assert.Null(Topics.Build(TopicKind.Unknown, Meter));

    [Theory]
    [InlineData("")]
    [InlineData("helios/v1/")]
    [InlineData("helios/v1/" + Hex)]
    [InlineData("helios/v1/" + Hex + "/")]
    [InlineData("helios/v2/" + Hex + "/reading")]
    [InlineData("Helios/v1/" + Hex + "/reading")]
    [InlineData("/helios/v1/" + Hex + "/reading")]
    [InlineData("helios/v1/0x" + Hex + "/reading")]
    [InlineData("helios/v1/" + Hex + "/Reading")]
    [InlineData("helios/v1/" + Hex + "/readings")]
    [InlineData("helios/v1/" + Hex + "/reading/")]
    [InlineData("helios/v1/" + Hex + "0/reading")]
    [InlineData("helios/v1/00112233445566778899AABBCCDDEEFF01234567/reading")]
    [InlineData("helios/v1/00112233445566778899aabbccddeeff0123456g/reading")]
    [InlineData("helios/v1/00112233445566778899aabbccddeeff012345/7/reading")]
    [InlineData("helios/v1/+/reading")]
    [InlineData("helios/v1/" + Hex + "/order")]
    [InlineData("helios/v1/" + Hex + "/order/")]
    [InlineData("helios/v1/" + Hex + "/order/+")]
    [InlineData("helios/v1/" + Hex + "/order/0x" + Other)]
    [InlineData("helios/v1/" + Hex + "/order/" + Other + "0")]
    [InlineData("helios/v1/" + Hex + "/order/FFEEDDCCBBAA99887766554433221100FEDCBA98")]
    [InlineData("helios/v1/" + Hex + "/controllers")]
    [InlineData("helios/v1/" + Hex + "/controllers/")]
    [InlineData("helios/v1/" + Hex + "/controllers/0")]
    [InlineData("helios/v1/" + Hex + "/controllers/01")]
    [InlineData("helios/v1/" + Hex + "/controllers/-1")]
    [InlineData("helios/v1/" + Hex + "/controllers/1 ")]
    [InlineData("helios/v1/" + Hex + "/controllers/4294967296")]
    [InlineData("helios/v1/" + Hex + "/controllers/18446744073709551617")]
    public void Takes_no_other_spelling(string topic)
    {
        Assert.Equal(TopicKind.Unknown, Topics.Parse(topic, out byte[] meter));
        Assert.Null(meter);
    }

    [Fact]
    public void Reads_back_every_address_that_it_spells() => Gen.Byte.Array[20].Sample(address =>
        Topics.Parse(Topics.Build(TopicKind.Reading, address), out byte[] read) == TopicKind.Reading
        && address.AsSpan().SequenceEqual(read)
        && Topics.ToHex(address).Equals(
            Convert.ToHexStringLower(address), StringComparison.Ordinal));
}
