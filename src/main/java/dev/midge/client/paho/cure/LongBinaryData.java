package dev.midge.client.paho.cure;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.Publish;
import java.util.Queue;

/**
 * Cures that Paho dies of correlation data or authentication data of 32768 bytes and more, whose
 * length it takes for negative: it is not shown them. {@link MessageDetails} keeps the former.
 */
public final class LongBinaryData implements ReceiveCure {

  private static final int READABLE_BYTES = 32767;

  @Override
  public Packet cureReceived(Packet packet, Queue<Packet> after) {
    if (packet instanceof Publish publish
        && isLong(publish.message().properties(), Property.CORRELATION_DATA)) {
      Message message = publish.message();
      Properties rest = message.properties().without(Property.CORRELATION_DATA);
      return new Publish(message.withProperties(rest), publish.dup(), publish.packetId());
    }
    return packet instanceof Connack connack
            && isLong(connack.properties(), Property.AUTHENTICATION_DATA)
        ? ConnackForPaho.connackWithout(packet, Property.AUTHENTICATION_DATA)
        : packet;
  }

  private static boolean isLong(Properties properties, Property property) {
    byte[] bytes = properties.bytes(property);
    return bytes != null && bytes.length > READABLE_BYTES;
  }
}
