package dev.midge.mqtt.codec;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property.Place;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.Subscribe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** SUBSCRIBE (3.8). */
final class SubscribeCodec {
  private static final int NO_LOCAL = 0x04;
  private static final int RETAIN_AS_PUBLISHED = 0x08;
  private static final int RESERVED = 0xC0;
  private static final String SHARE = "$share/";

  private SubscribeCodec() {}

  static Subscribe read(FieldReader in, ProtocolVersion version) throws MalformedPacketException {
    int packetId = in.twoBytes();
    if (packetId == 0) {
      throw in.fault("packet identifier 0"); // [MQTT-2.2.1-3]
    }
    Properties properties =
        version.isV5()
            ? PropertyCodec.read(in, Place.SUBSCRIBE, ReasonCode.MALFORMED_PACKET)
            : Properties.NONE;
    List<Subscription> subscriptions = new ArrayList<>();
    do { // one at least [MQTT-3.8.3-2]
      subscriptions.add(subscription(in, version));
    } while (in.hasMore());
    return new Subscribe(packetId, List.copyOf(subscriptions), properties);
  }

  static int size(Subscribe subscribe, ProtocolVersion version) {
    int size = 2;
    if (version.isV5()) {
      size += PropertyCodec.size(subscribe.properties());
    }
    for (Subscription subscription : subscribe.subscriptions()) {
      size = Math.addExact(size, FieldWriter.sizeOfString(subscription.filter()) + 1);
    }
    return size;
  }

  static void write(ByteBuffer into, Subscribe subscribe, ProtocolVersion version) {
    FieldWriter.twoBytes(into, subscribe.packetId());
    if (version.isV5()) {
      PropertyCodec.write(into, subscribe.properties());
    }
    for (Subscription subscription : subscribe.subscriptions()) {
      FieldWriter.string(into, subscription.filter());
      into.put((byte) (version.isV5() ? subscription.options() : subscription.qos().level()));
    }
  }

  private static Subscription subscription(FieldReader in, ProtocolVersion version)
      throws MalformedPacketException {
    String filter = in.string();
    if (lacksSharedFilter(filter)) {
      throw new MalformedPacketException(
          ReasonCode.PROTOCOL_ERROR, "shared subscription without a filter"); // [MQTT-4.8.2-1]
    }
    if (!Topics.isValidFilter(filter)) {
      throw in.fault("topic filter");
    }
    int options = in.oneByte();
    int qos = options & 3;
    int retainHandling = options >> 4 & 3;
    boolean reserved = version.isV5() ? (options & RESERVED) != 0 : options > 3;
    if (reserved || qos == 3 || retainHandling == 3) {
      throw in.fault("subscription options " + options); // [MQTT-3.8.3-5]
    }
    boolean noLocal = (options & NO_LOCAL) != 0;
    if (noLocal && filter.startsWith(SHARE)) {
      throw new MalformedPacketException(
          ReasonCode.PROTOCOL_ERROR, "shared subscription with No Local"); // [MQTT-3.8.3-4]
    }
    return new Subscription(
        filter, Qos.of(qos), noLocal, (options & RETAIN_AS_PUBLISHED) != 0, retainHandling);
  }

  private static boolean lacksSharedFilter(String filter) {
    if (!filter.startsWith(SHARE)) {
      return false;
    }
    int slash = filter.indexOf('/', SHARE.length());
    return slash < 0 || slash == filter.length() - 1;
  }
}
