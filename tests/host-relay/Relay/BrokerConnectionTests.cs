using System.Reflection;
using Helios.Relay;
using MQTTnet;

namespace Helios.Tests.HostRelay.Relay;

/// <summary>
/// What the client throws when its connection goes while it waits: no broker can be made to
/// provoke that at will, so that the client is stood in for.
/// </summary>
public sealed class BrokerConnectionTests
{
    [Fact]
    public async Task A_client_that_trips_over_a_lost_connection_lost_a_connection()
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = DispatchProxy.Create<IMqttClient, TrippingClient>();
        Func<Task>[] calls =
        [
            () => BrokerConnection.OpenAsync(client, new MqttClientOptions(), ct),
            () => BrokerConnection.SubscribeAsync(client, "helios/v1/+/reading", ct),
            () => BrokerConnection.PublishAsync(client, new MqttApplicationMessage(), ct),
        ];

        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(call);
            Assert.True(BrokerConnection.IsOfTheBroker(failure, ct), $"{failure}");
            Assert.Equal("the connection was lost", failure.Message);
        }
    }

    /// <summary>DispatchProxy derives from it.</summary>
    public class TrippingClient : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var answer = targetMethod!.ReturnType;
            return answer == typeof(void)
                ? null
                : typeof(TrippingClient)
                    .GetMethod(nameof(TripAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(answer.GenericTypeArguments)
                    .Invoke(null, null);
        }

        private static async Task<T> TripAsync<T>()
        {
            await Task.Yield();
            T[]? none = null;
            return none![0];
        }
    }
}
