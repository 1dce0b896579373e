package dev.midge.broker.battery;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Connect;
import java.io.IOException;
import java.util.List;

/** The scripts that are played with the brokers of single configuration files. */
final class Scripts {
  static final Person ANYBODY = Person.anonymous("");
  static final Person ADMIN = Person.user("admin", "a dmin", "");
  static final Person ALICE = Person.user("alice", "wonder:land", "alice/");
  static final Person BOB = Person.user("bob", "b\u00fcro", "bob/");
  static final Person LIAR = Person.user("alice", "wonder", "").named("alice, wrong password");
  static final Person FORGETFUL = Person.user("alice", null, "").named("alice, no password");
  static final Person STRANGER = Person.user("eve", "wonder:land", "").named("an unknown user");

  private Scripts() {}

  static void passwords(Talk talk, Door door) throws IOException {
    for (Person person : List.of(ADMIN, ALICE, LIAR, FORGETFUL, STRANGER, ANYBODY)) {
      talk.usual(door, person);
    }
  }

  /** Tries names and passwords. */
  static void refused(Talk talk, Door door) throws IOException {
    for (Person person : List.of(ADMIN, LIAR, FORGETFUL, STRANGER)) {
      talk.usual(door, person);
    }
    for (ProtocolVersion version : Talk.VERSIONS) {
      Guest guest =
          talk.connect(
              door.name() + ", nobody, " + version + ": connect", door, ANYBODY, version, "n");
      if (guest != null) {
        guest.leave();
      }
    }
  }

  /** Debian's mosquitto may have no WebSockets: what it shows at the other port is compared. */
  static void webSockets(Talk talk) throws IOException {
    talk.usual(Door.plain(1883), ANYBODY);
    Door door = talk.broker.kind == Kind.MIDGE ? Door.webSocket(9001) : Door.plain(1883);
    talk.usual(door.named("in WebSockets"), ANYBODY);
  }

  /** Leaves sessions and retained messages, and stops the broker and starts it again. */
  static void restart(Talk talk, Door door, Person person) throws IOException {
    for (ProtocolVersion version : Talk.VERSIONS) {
      String label = "before the restart, " + version + ": ";
      String id = "absent " + version;
      Connect resume = Talk.connect(person, version, id, false, null, 60);
      Guest absent = talk.connect(label + "connect", door, person, resume);
      absent.subscribe(Qos.EXACTLY_ONCE, person.base() + "p/" + version + "/#");
      absent.leave();
      Guest publisher = talk.connect(label + "publisher", door, person, version, "publisher");
      for (Qos qos : Qos.values()) {
        publisher.publish(person.base() + "p/" + version + "/" + qos.level(), "before", qos);
      }
      byte[] old = "old".getBytes();
      publisher.publish(Message.of(person.base() + "r/" + version, old, Qos.EXACTLY_ONCE, true));
      publisher.leave();
      // Connected at the stop, with messages that are in flight.
      Connect present = Talk.connect(person, version, "present " + version, false, null, 60);
      Guest late = talk.connect(label + "somebody who stays", door, person, present);
      late.subscribe(Qos.AT_LEAST_ONCE, person.base() + "f/" + version);
      Guest other = talk.connect(label + "another publisher", door, person, version, "other");
      other.publish(person.base() + "f/" + version, "in flight", Qos.AT_LEAST_ONCE);
      other.leave();
      talk.note(label + "in flight", late.look());
    }
    talk.broker.stop();
    talk.broker.start(door);
    for (ProtocolVersion version : Talk.VERSIONS) {
      String label = "after the restart, " + version + ": ";
      for (String id : List.of("absent ", "present ")) {
        Connect resume = Talk.connect(person, version, id + version, false, null, 60);
        Guest back = talk.connect(label + id + "resumes", door, person, resume);
        talk.note(label + id + "gets", back.drain());
        talk.note(
            label + id + "is still subscribed",
            back.publish(
                (id.startsWith("a")
                    ? person.base() + "p/" + version + "/new"
                    : person.base() + "f/" + version),
                "after",
                Qos.AT_LEAST_ONCE));
        back.leave();
      }
      Guest reader = talk.connect(label + "reader", door, person, version, "reader");
      talk.note(label + "retained", reader.subscribe(Qos.EXACTLY_ONCE, person.base() + "r/+"));
      reader.leave();
    }
  }

  static void limits(Talk talk, Door door, Door narrow) throws IOException {
    for (ProtocolVersion version : Talk.VERSIONS) {
      String label = "limits, " + version + ": ";
      for (int keepAlive : new int[] {0, 120, 121}) {
        Connect connect = Talk.connect(ANYBODY, version, "alive", true, null, keepAlive);
        Guest guest = talk.connect(label + "keep alive " + keepAlive, door, ANYBODY, connect);
        if (guest != null) {
          guest.leave();
        }
      }
      Guest guest = talk.connect(label + "connect", door, ANYBODY, version, "limited");
      talk.note(label + "subscribe", guest.subscribe(Qos.EXACTLY_ONCE, "l/#"));
      for (int size : new int[] {100, 101}) {
        for (Qos qos : List.of(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE)) {
          talk.note(
              label + size + " bytes, " + qos, guest.publish("l/" + size, "x".repeat(size), qos));
        }
      }
      talk.note(label + "QoS 2", guest.publish("l/2", "two", Qos.EXACTLY_ONCE));
      guest = talk.connect(label + "connect again", door, ANYBODY, version, "limited");
      talk.note(
          label + "a packet that is too large",
          guest.publish("l/large", "x".repeat(600), Qos.AT_LEAST_ONCE));
      queue(talk, label, door, version);
    }
    String label = "connections at 1884: ";
    Guest first = talk.connect(label + "first", narrow, ANYBODY, ProtocolVersion.V5, "one");
    talk.connect(label + "second", narrow, ANYBODY, ProtocolVersion.V5, "two");
    talk.note(label + "the first goes on", first.drain());
  }

  private static void queue(Talk talk, String label, Door door, ProtocolVersion version)
      throws IOException {
    Connect resume = Talk.connect(ANYBODY, version, "queue", false, null, 60);
    Guest absent = talk.connect(label + "begin a queue", door, ANYBODY, resume);
    absent.subscribe(Qos.AT_LEAST_ONCE, "queue/#");
    absent.leave();
    Guest publisher = talk.connect(label + "publisher for it", door, ANYBODY, version, "p");
    for (int i = 1; i <= 8; i++) {
      talk.note(
          label + "publish " + i + " to somebody who is away",
          publisher.publish("queue/" + i, "message", Qos.AT_LEAST_ONCE));
    }
    talk.note(
        label + "publish QoS 0 to somebody who is away",
        publisher.publish("queue/zero", "zero", Qos.AT_MOST_ONCE));
    Guest back = talk.connect(label + "resume the queue", door, ANYBODY, resume);
    talk.note(label + "the window", back.look());
    for (int i = 11; i <= 18; i++) {
      publisher.publish("queue/" + i, "message", Qos.AT_LEAST_ONCE);
    }
    talk.note(label + "the window is full", back.look());
    publisher.leave();
    back.leave();
    Guest again = talk.connect(label + "resume the queue again", door, ANYBODY, resume);
    talk.note(label + "all that was kept", again.drain());
    again.leave();
    talk.connect(label + "end the queue", door, ANYBODY, version, "queue").leave();
  }

  static void strict(Talk talk, Door door) throws IOException {
    for (ProtocolVersion version : Talk.VERSIONS) {
      String label = "strict, " + version + ": ";
      talk.connect(label + "without an identifier", door, ANYBODY, version, "");
      Guest guest = talk.connect(label + "connect", door, ANYBODY, version, "overlapping");
      guest.subscribe(Qos.AT_MOST_ONCE, "o/#");
      guest.subscribe(Qos.AT_LEAST_ONCE, "o/+");
      Guest publisher = talk.connect(label + "publisher", door, ANYBODY, version, "publisher");
      publisher.publish("o/1", "once?", Qos.AT_LEAST_ONCE);
      talk.note(label + "overlapping subscriptions", guest.drain());
      guest.leave();
      Message retained = Message.of("r", "r".getBytes(), Qos.AT_LEAST_ONCE, true);
      talk.note(label + "retain", publisher.publish(retained));
      Connect resume = Talk.connect(ANYBODY, version, "bytes", false, null, 60);
      Guest absent = talk.connect(label + "begin a queue of bytes", door, ANYBODY, resume);
      absent.subscribe(Qos.AT_LEAST_ONCE, "bytes/+");
      absent.leave();
      Guest other = talk.connect(label + "another publisher", door, ANYBODY, version, "other");
      other.publish("bytes/1", "ten bytes.", Qos.AT_LEAST_ONCE);
      talk.note(
          label + "over the bytes of a queue",
          other.publish("bytes/2", "ten bytes.", Qos.AT_LEAST_ONCE));
      other.leave();
      Guest back = talk.connect(label + "resume the queue of bytes", door, ANYBODY, resume);
      talk.note(label + "queued bytes", back.drain());
      back.leave();
      Connect patient = Talk.connect(ANYBODY, version, "patient", false, null, 60);
      Guest missing = talk.connect(label + "subscribe to QoS 0", door, ANYBODY, patient);
      missing.subscribe(Qos.AT_MOST_ONCE, "zero");
      missing.leave();
      Guest last = talk.connect(label + "the last publisher", door, ANYBODY, version, "last");
      last.publish("zero", "kept?", Qos.AT_MOST_ONCE);
      last.leave();
      talk.note(
          label + "kept QoS 0",
          talk.connect(label + "come back for QoS 0", door, ANYBODY, patient).drain());
    }
  }

  static void mountPoints(Talk talk, Door all, Door one, Door two) throws IOException {
    for (ProtocolVersion version : Talk.VERSIONS) {
      String label = "mount points, " + version + ": ";
      Guest outside = talk.connect(label + "outside", all, ANYBODY, version, "outside");
      Guest first = talk.connect(label + "one", one, ANYBODY, version, "first");
      Guest second = talk.connect(label + "two", two, ANYBODY, version, "second");
      outside.subscribe(Qos.AT_LEAST_ONCE, "#");
      first.subscribe(Qos.AT_LEAST_ONCE, "#");
      second.subscribe(Qos.AT_LEAST_ONCE, "room/+");
      talk.note(label + "one publishes", first.publish("room/1", "a", Qos.AT_LEAST_ONCE));
      talk.note(label + "outside sees", outside.drain());
      talk.note(label + "two sees", second.drain());
      talk.note(
          label + "outside publishes",
          outside.publish("customers/two/room/2", "b", Qos.AT_LEAST_ONCE));
      talk.note(label + "one sees of it", first.drain());
      talk.note(label + "two sees of it", second.drain());
      first.leave();
      second.leave();
      outside.leave();
    }
  }

  static void userNames(Talk talk, Door door) throws IOException {
    for (ProtocolVersion version : Talk.VERSIONS) {
      String label = "user names as identifiers, " + version + ": ";
      Person named = Person.user("sensor7", null, "");
      Guest guest = talk.connect(label + "with one", door, named, version, "ignored");
      Guest other = talk.connect(label + "the same one", door, named, version, "ignored, too");
      talk.note(label + "the first is taken over", guest.next());
      other.leave();
      talk.connect(label + "without one", door, ANYBODY, version, "ignored");
    }
  }
}
