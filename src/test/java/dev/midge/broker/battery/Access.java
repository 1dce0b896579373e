package dev.midge.broker.battery;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.io.IOException;
import java.util.List;

/** Finds out what somebody may read and write, beside an administrator who may do everything. */
final class Access {
  private static final List<String> TOPICS =
      List.of(
          "public/news",
          "alice/1",
          "alice/secret/1",
          "rooms/living room",
          "bob/lamp/state",
          "clients/visitor/1",
          "clients/other/1",
          "users/alice/inbox",
          "users/bob/inbox",
          "elsewhere");

  private final Talk talk;
  private final Door door;
  private final Person admin;

  Access(Talk talk, Door door, Person admin) {
    this.talk = talk;
    this.door = door;
    this.admin = admin;
  }

  void of(Door entrance, Person person) throws IOException {
    for (ProtocolVersion version : Talk.VERSIONS) {
      of(entrance, person, version);
    }
  }

  private void of(Door entrance, Person person, ProtocolVersion version) throws IOException {
    String label = entrance.name() + ", access of " + person.name() + ", " + version + ": ";
    Guest visitor = talk.connect(label + "connect", entrance, person, version, "visitor");
    if (visitor == null) {
      return;
    }
    Guest watcher = talk.connect(label + "administrator", door, admin, version, "administrator");
    watcher.subscribe(Qos.AT_LEAST_ONCE, "#");
    talk.note(label + "subscribe", visitor.subscribe(Qos.AT_LEAST_ONCE, "#", "$SYS/none"));
    for (String topic : TOPICS) {
      talk.note(label + "write " + topic, visitor.publish(topic, "v", Qos.AT_LEAST_ONCE));
      talk.note(label + "written " + topic, watcher.drain());
      watcher.publish(topic, "a", Qos.AT_LEAST_ONCE);
      talk.note(label + "read " + topic, visitor.drain());
    }
    Message news = Message.of("public/last", "r".getBytes(), Qos.AT_LEAST_ONCE, true);
    Message secret = Message.of("alice/secret/last", "r".getBytes(), Qos.AT_LEAST_ONCE, true);
    watcher.publish(news);
    watcher.publish(secret);
    talk.note(label + "retained, live", visitor.drain());
    visitor.leave();
    visitor = talk.connect(label + "connect again", entrance, person, version, "visitor");
    talk.note(label + "retained", visitor.subscribe(Qos.AT_LEAST_ONCE, "#"));
    for (Message each : List.of(news, secret)) {
      watcher.publish(Message.of(each.topic(), new byte[0], Qos.AT_LEAST_ONCE, true));
    }
    visitor.leave();
    for (String topic : List.of("public/will", "clients/visitor/will")) {
      will(label, entrance, person, version, topic, watcher);
    }
    watcher.leave();
  }

  /** Tears a connection with a will, and takes over, so that the will is due in any case. */
  private void will(
      String label,
      Door entrance,
      Person person,
      ProtocolVersion version,
      String topic,
      Guest watcher)
      throws IOException {
    watcher.drain();
    Will will = new Will(Message.of(topic, "w".getBytes(), Qos.AT_LEAST_ONCE, false));
    Guest dying =
        talk.connect(
            label + "connect with a will to " + topic,
            entrance,
            person,
            Talk.connect(person, version, "visitor", true, will, 60));
    if (dying == null) {
      return;
    }
    dying.reset();
    Guest next =
        talk.connect(label + "after the will to " + topic, entrance, person, version, "visitor");
    talk.note(label + "will to " + topic, watcher.drain());
    next.leave();
  }
}
