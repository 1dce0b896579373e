package dev.midge.mqtt.codec;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Legal packets of every kind, made from a seed. */
final class RandomPackets {
  private static final String[] LETTERS = {
    "a", "b", "/", " ", "~", "$", "é", "ß", "€", "\uFEFF", "\uFFFD", "\uD7FF", "\uE000", "😀", "𐀀"
  };

  private final Random random;
  private final ProtocolVersion version;

  RandomPackets(long seed, ProtocolVersion version) {
    this.random = new Random(seed);
    this.version = version;
  }

  Connect connect() {
    boolean named = random.nextBoolean();
    boolean password = (named || version.isV5()) && random.nextBoolean();
    Will will =
        random.nextBoolean()
            ? null
            : new Will(
                new Message(
                    topic(),
                    bytes(random.nextInt(300)),
                    qos(),
                    random.nextBoolean(),
                    properties(Property.Place.WILL)));
    return new Connect(
        version,
        random.nextBoolean(),
        random.nextInt(65536),
        text(),
        will,
        named ? text() : null,
        password ? bytes(random.nextInt(20)) : null,
        properties(Property.Place.CONNECT));
  }

  /** Any packet that the given end may be sent, CONNECT apart. */
  Packet packetTo(Side side) {
    return side == Side.BROKER ? packetOfClient() : packetOfBroker();
  }

  private Packet packetOfClient() {
    return switch (random.nextInt(9)) {
      case 0, 1, 2 -> publish(Side.BROKER);
      case 3, 4 -> ack();
      case 5 ->
          new Subscribe(id(), many(() -> subscription()), properties(Property.Place.SUBSCRIBE));
      case 6 -> new Unsubscribe(id(), many(this::filter), properties(Property.Place.UNSUBSCRIBE));
      case 7 -> Ping.REQUEST;
      default ->
          new Disconnect(
              version.isV5() ? random.nextInt(256) : 0,
              properties(Property.Place.DISCONNECT).without(Property.SERVER_REFERENCE));
    };
  }

  private Packet packetOfBroker() {
    return switch (random.nextInt(version.isV5() ? 11 : 9)) {
      case 0, 1, 2 -> publish(Side.CLIENT);
      case 3, 4 -> ack();
      case 5 -> new Connack(random.nextBoolean(), code(), properties(Property.Place.CONNACK));
      case 6 -> new Suback(id(), many(this::code), properties(Property.Place.SUBACK));
      case 7 ->
          new Unsuback(
              id(),
              version.isV5() ? many(this::code) : List.of(),
              properties(Property.Place.UNSUBACK));
      case 8 -> Ping.RESPONSE;
      case 9 -> new Auth(code(), properties(Property.Place.AUTH));
      default ->
          new Disconnect(
              code(),
              properties(Property.Place.DISCONNECT).without(Property.SESSION_EXPIRY_INTERVAL));
    };
  }

  Publish publish(Side side) {
    Qos qos = qos();
    Properties properties = properties(Property.Place.PUBLISH);
    if (side == Side.BROKER) {
      properties = properties.without(Property.SUBSCRIPTION_IDENTIFIER);
    }
    String topic = properties.has(Property.TOPIC_ALIAS) && random.nextBoolean() ? "" : topic();
    boolean once = qos == Qos.AT_MOST_ONCE;
    return new Publish(
        new Message(topic, bytes(payloadLength()), qos, random.nextBoolean(), properties),
        !once && random.nextBoolean(),
        once ? 0 : id());
  }

  private Ack ack() {
    PacketType type = PacketType.values()[PacketType.PUBACK.ordinal() + random.nextInt(4)];
    boolean second = type == PacketType.PUBREL || type == PacketType.PUBCOMP;
    int[] codes = second ? new int[] {0, 0x92} : new int[] {0, 0x10, 0x80, 0x87, 0x97};
    int code = version.isV5() ? codes[random.nextInt(codes.length)] : 0;
    return new Ack(type, id(), code, properties(Property.Place.ACK));
  }

  private Subscription subscription() {
    String filter = filter();
    if (!version.isV5()) {
      return Subscription.of(filter, qos());
    }
    boolean noLocal = !filter.startsWith("$share/") && random.nextBoolean();
    return new Subscription(filter, qos(), noLocal, random.nextBoolean(), random.nextInt(3));
  }

  private Properties properties(int place) {
    if (!version.isV5() || random.nextInt(3) == 0) {
      return Properties.NONE;
    }
    Properties.Builder builder = Properties.builder();
    for (Property property : Property.values()) {
      boolean bare =
          property == Property.AUTHENTICATION_DATA
              || !property.allowedIn(place)
              || random.nextInt(3) == 0;
      for (int i = bare ? 0 : property.repeatable(place) ? 1 + random.nextInt(3) : 1; i > 0; i--) {
        builder.add(property, value(property));
      }
      if (property == Property.AUTHENTICATION_METHOD && !bare && random.nextBoolean()) {
        builder.add(Property.AUTHENTICATION_DATA, bytes(random.nextInt(5)));
      }
    }
    return builder.build();
  }

  private Object value(Property property) {
    return switch (property.type()) {
      case BYTE -> (long) random.nextInt(2);
      case TWO_BYTE_INTEGER -> (long) id();
      case FOUR_BYTE_INTEGER -> 1L + (random.nextInt() & 0xFFFFFFFEL);
      case VARIABLE_BYTE_INTEGER -> 1L + random.nextInt(1 << 7 * (1 + random.nextInt(4)) - 1);
      case UTF8_STRING -> property == Property.RESPONSE_TOPIC ? topic() : text();
      case BINARY -> bytes(random.nextInt(300));
      case UTF8_STRING_PAIR -> new Properties.Pair(text(), text());
    };
  }

  private <T> List<T> many(java.util.function.Supplier<T> one) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      list.add(one.get());
    }
    return list;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 200 : 12); i > 0; i--) {
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }

  private String topic() {
    return "t" + text();
  }

  private String filter() {
    return (random.nextInt(4) == 0 ? "$share/g/" : "")
        + (random.nextBoolean() ? "+/" : "")
        + topic()
        + (random.nextBoolean() ? "/#" : "");
  }

  private int payloadLength() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 16_000 + random.nextInt(1000);
      case 2 -> 100 + random.nextInt(60);
      default -> random.nextInt(40);
    };
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private Qos qos() {
    return Qos.of(random.nextInt(3));
  }

  private int id() {
    return 1 + random.nextInt(65535);
  }

  private int code() {
    return random.nextInt(256);
  }
}
