package dev.midge.broker.battery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays clients at a broker, and notes all that they see. */
final class Talk {
  static final List<ProtocolVersion> VERSIONS = List.of(ProtocolVersion.V3_1_1, ProtocolVersion.V5);

  final Installation broker;
  private final Map<String, String> notes = new LinkedHashMap<>();

  Talk(Installation broker) {
    this.broker = broker;
  }

  /** Returns what was seen, by what was done. */
  Map<String, String> notes() {
    return notes;
  }

  void note(String what, Object seen) {
    assertThat(notes.put(what, String.valueOf(seen))).as(what).isNull();
  }

  /** Has somebody connect with a clean session; null if the broker says no. */
  Guest connect(String label, Door door, Person person, ProtocolVersion version, String id)
      throws IOException {
    return connect(label, door, person, connect(person, version, id, true, null, 60));
  }

  static Connect connect(
      Person person, ProtocolVersion version, String id, boolean clean, Will will, int keepAlive) {
    Properties properties =
        version.isV5() && !clean
            ? Properties.of(Property.SESSION_EXPIRY_INTERVAL, 3600)
            : Properties.NONE;
    byte[] password =
        person.password() == null ? null : person.password().getBytes(StandardCharsets.UTF_8);
    return new Connect(
        version, clean, keepAlive, id, will, person.username(), password, properties);
  }

  /** Has somebody connect; null if the broker says no. */
  Guest connect(String label, Door door, Person person, Connect connect) throws IOException {
    Door.Link link;
    try {
      link = door.open(broker, person, connect.version());
    } catch (IOException | GeneralSecurityException e) {
      note(label, PacketText.END);
      return null;
    }
    try {
      link.client().send(connect);
    } catch (IOException e) {
      // The end is seen when it is read.
    }
    Packet answer = link.client().take();
    note(label, PacketText.of(answer));
    boolean accepted = answer instanceof Connack connack && connack.reasonCode() == 0;
    if (!accepted) {
      link.client().close();
    }
    return accepted ? new Guest(link) : null;
  }

  /** Does what any client does, in MQTT 3.1.1 and 5. */
  void usual(Door door, Person person) throws IOException {
    for (ProtocolVersion version : VERSIONS) {
      usual(door, person, version);
    }
  }

  private void usual(Door door, Person person, ProtocolVersion version) throws IOException {
    String label = door.name() + ", " + person.name() + ", " + version + ": ";
    String base = person.base();
    Guest guest = connect(label + "connect", door, person, version, "guest");
    if (guest == null) {
      return;
    }
    note(label + "subscribe", guest.subscribe(Qos.EXACTLY_ONCE, base + "q/#"));
    for (Qos qos : Qos.values()) {
      note(label + "publish " + qos, guest.publish(base + "q/" + qos.level(), "text", qos));
    }
    note(label + "publish to nobody", guest.publish(base + "none", "text", Qos.AT_LEAST_ONCE));
    Message retained = Message.of(base + "q/kept", "old".getBytes(), Qos.AT_LEAST_ONCE, true);
    note(label + "retain", guest.publish(retained));
    Guest second = connect(label + "a second client", door, person, version, "second");
    note(label + "retained messages", second.subscribe(Qos.AT_LEAST_ONCE, base + "q/+"));
    Message empty = Message.of(base + "q/kept", new byte[0], Qos.AT_LEAST_ONCE, true);
    note(label + "clear", guest.publish(empty));
    note(label + "clear, as the other sees it", second.drain());
    second.leave();
    will(label, door, person, version, guest);
    guest.leave();
    keptSession(label, door, person, version);
    assigned(label, door, person, version);
  }

  private void will(String label, Door door, Person person, ProtocolVersion version, Guest watcher)
      throws IOException {
    Will will =
        new Will(Message.of(person.base() + "q/will", "gone".getBytes(), Qos.AT_LEAST_ONCE, false));
    Guest dying =
        connect(
            label + "connect with a will",
            door,
            person,
            connect(person, version, "dying", true, will, 60));
    dying.reset();
    note(label + "will", watcher.next());
    dying =
        connect(
            label + "connect with a will again",
            door,
            person,
            connect(person, version, "dying", true, will, 60));
    dying.leave();
    note(label + "will after DISCONNECT", watcher.drain());
  }

  private void keptSession(String label, Door door, Person person, ProtocolVersion version)
      throws IOException {
    Connect resume = connect(person, version, "resuming", false, null, 60);
    Guest first = connect(label + "begin a session", door, person, resume);
    first.subscribe(Qos.EXACTLY_ONCE, person.base() + "s/#");
    first.leave();
    Guest publisher = connect(label + "publisher", door, person, version, "publisher");
    for (Qos qos : Qos.values()) {
      publisher.publish(person.base() + "s/" + qos.level(), "kept", qos);
    }
    publisher.leave();
    Guest back = connect(label + "resume the session", door, person, resume);
    note(label + "kept messages", back.drain());
    back.leave();
    Guest clean = connect(label + "end the session", door, person, version, "resuming");
    note(label + "nothing is left", clean.drain());
    clean.leave();
  }

  private void assigned(String label, Door door, Person person, ProtocolVersion version)
      throws IOException {
    Guest nameless = connect(label + "without an identifier", door, person, version, "");
    if (nameless != null) {
      nameless.leave();
    }
  }
}
