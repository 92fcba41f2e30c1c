using Helios.Chain;
using Helios.Messaging;
using MQTTnet;
using MQTTnet.Protocol;

namespace Helios.Relay;

/// <summary>An acknowledgement as an MQTT message.</summary>
internal static class AcknowledgementMessage
{
    public static MqttApplicationMessage Of(
        Address meter, uint storedPagination, uint acceptedPagination) =>
        new MqttApplicationMessageBuilder()
            .WithTopic(Topics.Build(TopicKind.Acknowledgement, meter.ToArray()))
            .WithPayload(AcknowledgementCodec.Encode(
                new Acknowledgement(storedPagination, acceptedPagination)))
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
}
