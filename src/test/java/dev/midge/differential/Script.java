package dev.midge.differential;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a {@link ScriptedListener} answers, written as one sentence: {@code
 * Script.v5().on(CONNECT).send("20 03 00 00 00").on(PUBLISH).close()}. The turns are taken in their
 * order, each when a packet of its type comes; other packets are recorded and get no answer.
 */
final class Script {

  /** What happens to the connection after an answer. */
  enum End {
    NONE,
    CLOSE,
    RESET
  }

  /** What is done when a packet of that type comes. */
  static final class Turn {
    final PacketType on;
    final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    End end = End.NONE;
    boolean signals;

    private Turn(PacketType on) {
      this.on = on;
    }
  }

  private final ProtocolVersion version;
  private final List<List<Turn>> connections = new ArrayList<>();

  private Script(ProtocolVersion version) {
    this.version = version;
    connections.add(new ArrayList<>());
  }

  static Script v3() {
    return new Script(ProtocolVersion.V3_1_1);
  }

  static Script v5() {
    return new Script(ProtocolVersion.V5);
  }

  /** Takes CONNECT and says yes. */
  Script welcome() {
    return on(PacketType.CONNECT).send(version.isV5() ? "20 03 00 00 00" : "20 02 00 00");
  }

  Script on(PacketType type) {
    connections.get(connections.size() - 1).add(new Turn(type));
    return this;
  }

  /** Answers bytes given in hex. */
  Script send(String hex) {
    turn().answer.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
    return this;
  }

  Script send(Packet packet) {
    ByteBuffer bytes = PacketEncoder.encode(packet, version);
    turn().answer.write(bytes.array(), bytes.position(), bytes.remaining());
    return this;
  }

  /** Answers a PUBLISH, with packet identifier 7 if it needs one. */
  Script message(String topic, String payload, int qos, boolean retain, Properties properties) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    Qos level = Qos.of(qos);
    return send(
        new Publish(new Message(topic, bytes, level, retain, properties), false, qos == 0 ? 0 : 7));
  }

  Script message(String topic, String payload) {
    return message(topic, payload, 0, false, Properties.NONE);
  }

  Script close() {
    turn().end = End.CLOSE;
    return this;
  }

  Script reset() {
    turn().end = End.RESET;
    return this;
  }

  /** The tool is sent the signal of the case. */
  Script signal() {
    turn().signals = true;
    return this;
  }

  /** What follows is for the next connection; the last one stands for all later ones too. */
  Script nextConnection() {
    connections.add(new ArrayList<>());
    return this;
  }

  private Turn turn() {
    List<Turn> turns = connections.get(connections.size() - 1);
    return turns.get(turns.size() - 1);
  }

  List<Turn> turns(int connection) {
    return connections.get(Math.min(connection, connections.size() - 1));
  }
}
