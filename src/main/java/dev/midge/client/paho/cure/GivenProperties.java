package dev.midge.client.paho.cure;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import org.jspecify.annotations.Nullable;

/**
 * Cures that Paho sends properties in an order of its own and leaves some out: a payload format
 * indicator of 0, which it takes for none, and our maximum packet size, see {@link
 * MaximumPacketSize}. They are sent as they were given.
 */
public final class GivenProperties implements SendCure {

  private final @Nullable Will will;

  /**
   * @param will that of CONNECT
   */
  public GivenProperties(@Nullable Will will) {
    this.will = will;
  }

  @Override
  public Packet cureSent(Packet packet, Original original) {
    Properties given = original.properties();
    if (packet instanceof Connect connect) {
      return new Connect(
          connect.version(),
          connect.cleanStart(),
          connect.keepAlive(),
          connect.clientId(),
          cured(connect.will()),
          connect.username(),
          connect.password(),
          given);
    }
    if (packet instanceof Publish publish) {
      return given.isEmpty()
          ? packet
          : new Publish(publish.message().withProperties(given), publish.dup(), publish.packetId());
    }
    if (packet instanceof Subscribe subscribe) {
      return new Subscribe(subscribe.packetId(), subscribe.subscriptions(), given);
    }
    if (packet instanceof Unsubscribe unsubscribe) {
      return new Unsubscribe(unsubscribe.packetId(), unsubscribe.filters(), given);
    }
    return packet instanceof Disconnect disconnect
        ? new Disconnect(disconnect.reasonCode(), given)
        : packet;
  }

  private @Nullable Will cured(@Nullable Will ofPaho) {
    return ofPaho == null || will == null
        ? ofPaho
        : new Will(ofPaho.message().withProperties(will.message().properties()));
  }
}
