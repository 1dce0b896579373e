package dev.midge.soak;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * One of the soak's clients: connects, publishes, subscribes, dies and comes back, with a session
 * that is never forgotten. One thread.
 */
final class SoakClient {
  private static final long FOREVER = 0xFFFF_FFFFL;
  private static final int MOST_UNDER_WAY = 20; // what the broker announces

  final int index;
  private final int port;
  private final Ledger ledger;
  private final ProtocolVersion version;
  private final List<Subscription> subscriptions;
  private final int receiveMaximum;
  private final int aliases;
  private final long expiry; // seconds; never within a soak, but some need a timer
  private final Memory memory = new Memory();
  private final Random filling;
  private Map<Integer, String> topics = new HashMap<>(); // by alias
  private Wire wire;
  private Wire frozen;
  private boolean known; // to the broker

  SoakClient(int index, int port, Ledger ledger, Random random, List<Subscription> subscriptions) {
    this.index = index;
    this.port = port;
    this.ledger = ledger;
    this.subscriptions = subscriptions;
    int die = random.nextInt(4);
    this.version =
        die == 0 ? ProtocolVersion.V3_1 : die == 1 ? ProtocolVersion.V3_1_1 : ProtocolVersion.V5;
    int[] maxima = {1, 2, 5, 65535};
    this.receiveMaximum = maxima[random.nextInt(maxima.length)];
    this.aliases = random.nextInt(3) * 3;
    this.expiry = random.nextBoolean() ? FOREVER : 1_000_000;
    this.filling = new Random(random.nextLong());
  }

  private String id() {
    return "soak-" + index;
  }

  private Connect connect(Life life, boolean clean) {
    Properties.Builder properties = Properties.builder();
    if (version.isV5()) {
      properties.add(Property.SESSION_EXPIRY_INTERVAL, clean ? 0 : expiry);
      properties.add(Property.RECEIVE_MAXIMUM, receiveMaximum);
      properties.add(Property.TOPIC_ALIAS_MAXIMUM, aliases);
    }
    Will will = life == null ? null : will(life);
    int keepAlive = life == null ? 60 : life.keepAlive();
    return new Connect(version, clean, keepAlive, id(), will, null, null, properties.build());
  }

  private Will will(Life life) {
    byte[] text = ("" + life.number()).getBytes(StandardCharsets.US_ASCII);
    Properties delay =
        version.isV5() && life.willDelay() > 0
            ? Properties.of(Property.WILL_DELAY_INTERVAL, life.willDelay())
            : Properties.NONE;
    return new Will(new Message("soak/will/" + index, text, Qos.EXACTLY_ONCE, false, delay));
  }

  /** Lives once. */
  void live(Life life, BooleanSupplier mayPublish) throws InterruptedException {
    try {
      wire = new Wire(port, version);
      if (life.end() == Life.End.CUT_CONNECT) {
        wire.send(connect(life, false), life.share());
        wire.reset();
        return;
      }
      ledger.willPossible(index, life.number());
      wire.send(connect(life, false));
      if (life.end() == Life.End.AT_ONCE) {
        wire.reset();
        return;
      }
      begin();
      boolean delayed = version.isV5() && life.willDelay() > 0;
      if (!delayed && life.end() != Life.End.GOODBYE) {
        ledger.willDue(index, life.number());
      }
      for (int i = 0; i < life.publishes().size(); i++) {
        work(life.pauses().get(i));
        if (mayPublish.getAsBoolean()) {
          publish(life.publishes().get(i));
        }
      }
      wire.send(Ping.REQUEST);
      work(life.linger());
      end(life);
    } catch (IOException e) {
      // Before it was time, unless the broker saw the silence of a slow machine.
      if (life.end() != Life.End.FREEZE_UNTIL_TIMEOUT) {
        ledger.violation(id() + " life " + life.number() + ": the broker ended it: " + e);
      }
      if (wire != null) {
        wire.reset();
      }
    } finally {
      if (frozen != null && frozen != wire) {
        frozen.close();
        frozen = null;
      }
    }
    if (life.end() == Life.End.FREEZE_AND_TAKE_OVER) {
      frozen = wire;
    }
    Thread.sleep(life.absence());
  }

  /** Reads CONNACK, subscribes if it never did, and sends again what was under way. */
  private void begin() throws IOException {
    topics = new HashMap<>();
    Packet packet = receiveOrFail();
    if (!(packet instanceof Connack connack) || connack.reasonCode() != 0) {
      throw new IOException("not let in: " + packet);
    }
    if (version != ProtocolVersion.V3_1 && connack.sessionPresent() != known) {
      ledger.violation(id() + ": session present " + connack.sessionPresent());
    }
    known = true;
    for (Memory.Sent sent : memory.toResend()) {
      wire.send(sent.released ? Ack.of(PacketType.PUBREL, sent.packetId) : sent.again());
    }
  }

  /** Connects for the first time and subscribes. */
  void subscribe() throws IOException {
    wire = new Wire(port, version);
    wire.send(connect(null, false));
    begin();
    wire.send(new Subscribe(memory.nextPacketId(), subscriptions, Properties.NONE));
    Packet packet = receiveOrFail();
    if (!(packet instanceof Suback)) {
      throw new IOException("not subscribed: " + packet);
    }
    sayGoodbye();
  }

  /** Stays connected without a fault, until all is done. */
  void stay(BooleanSupplier done) throws IOException {
    wire = new Wire(port, version);
    wire.send(connect(null, false));
    begin();
    for (int turn = 1; !done.getAsBoolean() || memory.underWay() > 0; turn++) {
      work(20);
      if (turn % 200 == 0) {
        wire.send(Ping.REQUEST); // keep alive
      }
    }
    sayGoodbye();
  }

  /** Ends the session. */
  void leave() throws IOException {
    if (frozen != null) {
      frozen.close();
    }
    wire = new Wire(port, version);
    wire.send(connect(null, true));
    receiveOrFail();
    sayGoodbye();
  }

  /** Reads to the end: a socket that is closed with unread input sends a reset in its stead. */
  private void sayGoodbye() throws IOException {
    wire.send(Disconnect.NORMAL);
    listenToTheEnd();
  }

  private Packet receiveOrFail() throws IOException {
    Packet packet = wire.receive(30_000);
    if (packet == null) {
      throw new IOException("no answer");
    }
    return packet;
  }

  private void publish(Life.Stream stream) throws IOException {
    while (memory.underWay() >= MOST_UNDER_WAY) {
      work(5);
    }
    wire.send(memory.send(message(stream)));
  }

  private Message message(Life.Stream stream) {
    int number = ledger.nextNumber(stream, index);
    String text = number + " " + "x".repeat(filling.nextInt(20) == 0 ? 5000 : filling.nextInt(60));
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    String topic = "soak/" + stream + "/" + index;
    return switch (stream) {
      case ZERO -> Message.of(topic, payload, Qos.AT_MOST_ONCE, false);
      case ONE -> Message.of(topic, payload, Qos.AT_LEAST_ONCE, false);
      case TWO, SHARED -> Message.of(topic, payload, Qos.EXACTLY_ONCE, false);
      case RETAINED -> Message.of(topic + "/" + number % 3, payload, Qos.AT_LEAST_ONCE, true);
    };
  }

  /** Answers what comes, for some time. */
  private void work(long millis) throws IOException {
    long deadline = System.nanoTime() + millis * 1_000_000;
    long left;
    do {
      left = (deadline - System.nanoTime()) / 1_000_000;
      Packet packet = wire.receive(Math.max(1, left));
      if (packet != null) {
        answer(packet, true);
      }
    } while (left > 0);
  }

  private void answer(Packet packet, boolean maySpeak) throws IOException {
    switch (packet.type()) {
      case PUBLISH -> arrived((Publish) packet, maySpeak);
      case PUBACK, PUBCOMP -> {
        if (!memory.done(((Ack) packet).packetId())) {
          ledger.violation(id() + ": " + packet + " for nothing");
        }
      }
      case PUBREC -> {
        if (!memory.received(((Ack) packet).packetId())) {
          ledger.violation(id() + ": " + packet + " for nothing");
        }
        say(PacketType.PUBREL, packet, maySpeak);
      }
      case PUBREL -> {
        memory.released(((Ack) packet).packetId());
        say(PacketType.PUBCOMP, packet, maySpeak);
      }
      case PINGRESP -> {}
      case DISCONNECT -> throw new EOFException("" + packet);
      default -> ledger.violation(id() + ": " + packet);
    }
  }

  private void say(PacketType type, Packet to, boolean maySpeak) throws IOException {
    if (maySpeak) {
      wire.send(Ack.of(type, ((Ack) to).packetId()));
    }
  }

  private void arrived(Publish publish, boolean maySpeak) throws IOException {
    Message message = publish.message();
    String topic = message.topic();
    int alias = (int) message.properties().number(Property.TOPIC_ALIAS, 0);
    if (alias > aliases) {
      ledger.violation(id() + ": alias " + alias);
    }
    if (alias != 0 && !topic.isEmpty()) {
      topics.put(alias, topic);
    } else if (topic.isEmpty()) {
      topic = topics.getOrDefault(alias, "none/none/0");
    }
    boolean again = message.qos() == Qos.EXACTLY_ONCE && !memory.isNew(publish.packetId());
    if (again && !publish.dup()) {
      ledger.violation(id() + ": packet id in use: " + publish);
    }
    if (!again) {
      note(topic, message, publish.dup());
    }
    if (maySpeak && message.qos() != Qos.AT_MOST_ONCE) {
      PacketType type = message.qos() == Qos.AT_LEAST_ONCE ? PacketType.PUBACK : PacketType.PUBREC;
      wire.send(Ack.of(type, publish.packetId()));
    }
  }

  private void note(String topic, Message message, boolean dup) {
    String[] levels = topic.split("/");
    String text = new String(message.payload(), StandardCharsets.US_ASCII);
    int publisher = Integer.parseInt(levels[2]);
    if (levels[1].equals("will")) {
      ledger.willArrived(publisher, Integer.parseInt(text));
      return;
    }
    int number = Integer.parseInt(text.substring(0, text.indexOf(' ')));
    ledger.arrived(Life.Stream.valueOf(levels[1]), index, publisher, number, dup);
  }

  private void end(Life life) throws IOException, InterruptedException {
    switch (life.end()) {
      case GOODBYE -> {
        sayGoodbye();
        ledger.willGone(index, life.number());
      }
      case CLOSE -> wire.close();
      case HALF_CLOSE -> {
        wire.shutdownOutput();
        listenToTheEnd();
      }
      case FREEZE_UNTIL_TIMEOUT -> {
        Thread.sleep(life.keepAlive() * 1500L + 200);
        listenToTheEnd();
      }
      case FREEZE_AND_TAKE_OVER -> {}
      case CUT_PACKET -> {
        if (memory.underWay() < MOST_UNDER_WAY) {
          wire.send(memory.send(message(Life.Stream.TWO)), life.share());
        }
        wire.reset();
      }
      case NONSENSE -> {
        wire.sendNonsense();
        listenToTheEnd();
      }
      default -> wire.reset();
    }
  }

  /** What comes is taken note of, but there is no way to answer. */
  private void listenToTheEnd() throws IOException {
    try {
      while (true) {
        Packet packet = wire.receive(30_000);
        if (packet == null) {
          ledger.violation(id() + ": the broker does not end the connection");
          break;
        }
        answer(packet, false);
      }
    } catch (IOException over) {
      // As it should be.
    }
    wire.close();
  }
}
