package dev.midge.lwt.rows;

import static dev.midge.lwt.rows.DrillRows.ALL;
import static dev.midge.lwt.rows.DrillRows.V5;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.PacketText;
import dev.midge.lwt.peer.VictimOrder;
import dev.midge.lwt.peer.VictimProcess;
import dev.midge.lwt.row.Finding;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.Timing;
import dev.midge.lwt.row.Victim;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rows about the ways in which a client ends. */
final class EndingRows {
  /** The reasons from 0x80 on that a client may send in DISCONNECT, 3.14.2.1. */
  private static final int[] CLIENT_ERRORS = {
    0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99
  };

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final int PUBLISH_QOS_3 = 0x36;

  private EndingRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "clean",
            "3.14.4-3, 3.1.2-10",
            "After DISCONNECT with reason 0x00 the broker throws the will away.",
            "DISCONNECT 0x00",
            "no will",
            ALL,
            Set.of(),
            EndingRows::clean),
        new Row(
            "clean-reset",
            "3.14.4-3",
            "After DISCONNECT the way in which the connection ends brings no will back.",
            "DISCONNECT, TCP RST",
            "no will",
            ALL,
            Set.of(),
            EndingRows::cleanReset),
        new Row(
            "clean-unread",
            "3.14.4-3",
            "What a client wrote before its connection was reset counts: its messages are"
                + " delivered, and DISCONNECT discards the will.",
            "PUBLISH, DISCONNECT, RST",
            "messages, no will",
            ALL,
            Set.of(),
            EndingRows::cleanUnread),
        new Row(
            "reason-04",
            "3.14.2.1",
            "DISCONNECT with reason 0x04 asks for the will.",
            "DISCONNECT 0x04",
            "will",
            V5,
            Set.of(),
            run -> reason(run, ReasonCode.DISCONNECT_WITH_WILL_MESSAGE)),
        new Row(
            "reason-error",
            "3.1.2-10",
            "DISCONNECT with any other reason than 0x00 leaves the will to be published.",
            "DISCONNECT 0x80…0x99",
            "will each time",
            V5,
            Set.of(),
            EndingRows::reasonError),
        new Row(
            "reason-expiry-0",
            "3.1.3-9",
            "DISCONNECT 0x04 that sets the session expiry to 0 ends the session, and with it the"
                + " delay of the will.",
            "0x04, expiry 0",
            "will at once",
            V5,
            Set.of(),
            EndingRows::reasonExpiry),
        new Row(
            "close",
            "3.1.2-8",
            "A connection that is closed without DISCONNECT has its will published.",
            "TCP FIN",
            "will",
            ALL,
            Set.of(),
            run -> cut(run, Effect.CLOSE)),
        new Row(
            "reset",
            "3.1.2-8",
            "A connection that is reset has its will published.",
            "TCP RST",
            "will",
            ALL,
            Set.of(),
            run -> cut(run, Effect.RESET)),
        new Row(
            "half-packet",
            "3.1.2-8",
            "A connection that ends in the middle of a PUBLISH has its will published, and the half"
                + " message is not delivered.",
            "half a PUBLISH, FIN",
            "will alone",
            ALL,
            Set.of(),
            EndingRows::halfPacket),
        new Row(
            "kill",
            "3.1.2-8",
            "A client whose process is killed has its will published.",
            "SIGKILL",
            "will",
            ALL,
            Set.of(),
            EndingRows::kill),
        new Row(
            "malformed",
            "4.13.1-1, 3.1.2-8",
            "The broker closes the connection on a malformed packet and publishes the will.",
            "malformed packet",
            "closed, will",
            ALL,
            Set.of(),
            EndingRows::malformed),
        new Row(
            "second-connect",
            "3.1.0-2, 3.1.2-8",
            "The broker closes the connection on a second CONNECT and publishes the will.",
            "second CONNECT",
            "closed, will",
            ALL,
            Set.of(),
            EndingRows::secondConnect));
  }

  private static Finding clean(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    long end = client.disconnect(Disconnect.NORMAL);
    client.close();
    run.tell("says DISCONNECT");
    return run.expectNothing(end); // [MQTT-3.14.4-3]
  }

  private static Finding cleanReset(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    client.disconnect(Disconnect.NORMAL);
    return run.expectNothing(client.end(Effect.RESET));
  }

  /**
   * The messages and DISCONNECT lie in the broker's socket when the reset comes, perhaps unread. In
   * QoS 0 and after CONNACK the broker has nothing to write meanwhile: a write that fails for the
   * reset would be a reason to give up before DISCONNECT is read.
   */
  private static Finding cleanUnread(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message first = Message.of(run.topic("message"), RowRun.bytes("1"), Qos.AT_MOST_ONCE, false);
    Message second = Message.of(run.topic("message"), RowRun.bytes("2"), Qos.AT_MOST_ONCE, false);
    DrillClient client = run.connect(run.will());
    client.send(new Publish(first, false, 0), new Publish(second, false, 0), Disconnect.NORMAL);
    long end = client.end(Effect.RESET);
    Finding messages = expectMessage(run, first, end).and(expectMessage(run, second, end));
    if (messages.isFailed()) {
      return messages;
    }
    Finding rest = run.expectNothing(end);
    return rest.isFailed() ? rest : Finding.ok("messages, no will");
  }

  private static Finding expectMessage(RowRun run, Message message, long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Timing timing = run.atOnce(end);
    Arrival arrival = run.inbox(message.topic()).take(timing.deadline());
    return arrival != null && arrival.message() != null && RowRun.isSame(arrival.message(), message)
        ? Finding.ok("message")
        : Finding.failed(
            (arrival == null ? "nothing" : arrival.words())
                + " in place of message "
                + PacketText.payload(message.payload()));
  }

  private static Finding reason(RowRun run, int code)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    long end = client.disconnect(new Disconnect(code, Properties.NONE));
    client.close();
    run.tell("says DISCONNECT " + PacketText.code(code));
    return run.expectWill(end);
  }

  private static Finding reasonError(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    List<String> without = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int code : CLIENT_ERRORS) {
      Message message =
          Message.of(
              run.topic(PacketText.code(code)),
              RowRun.bytes("offline " + PacketText.code(code)),
              Qos.AT_MOST_ONCE,
              false);
      String role = "v" + Integer.toHexString(code);
      DrillClient client = run.victim(role).with(new Will(message)).open();
      ends.add(client.disconnect(new Disconnect(code, Properties.NONE)));
      client.close();
    }
    run.onlyWaits("the wills of " + run.row().id());
    Duration slowest = Duration.ZERO;
    for (int i = 0; i < CLIENT_ERRORS.length; i++) {
      String code = PacketText.code(CLIENT_ERRORS[i]);
      Arrival arrival = run.inbox(run.topic(code)).take(run.atOnce(ends.get(i)).deadline());
      if (arrival == null) {
        without.add(code);
      } else if (arrival.since(ends.get(i)).compareTo(slowest) > 0) {
        slowest = arrival.since(ends.get(i));
      }
    }
    if (without.isEmpty()) {
      return Finding.ok(CLIENT_ERRORS.length + " wills of " + CLIENT_ERRORS.length)
          .within(slowest, Timing.AT_ONCE);
    }
    String which =
        without.size() == CLIENT_ERRORS.length ? "any reason" : String.join(", ", without);
    return Finding.failed("no will at " + which).within(null, Timing.AT_ONCE);
  }

  private static Finding reasonExpiry(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.delayed(20)).kept(300).open();
    Properties expiry = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 0);
    long end = client.disconnect(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, expiry));
    client.close();
    return run.expectWill(end);
  }

  private static Finding cut(RowRun run, Effect effect)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return run.expectWill(run.connect(run.will()).end(effect)); // [MQTT-3.1.2-8]
  }

  private static Finding halfPacket(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    client.sendBytes(half(run), "half a PUBLISH");
    Finding will = run.expectWill(client.end(Effect.CLOSE));
    return will.and(nothingHalf(run));
  }

  /** Returns the first half of a PUBLISH whose topic is complete. */
  static byte[] half(RowRun run) {
    Message message = Message.of(run.topic("half"), new byte[64], Qos.AT_MOST_ONCE, false);
    ByteBuffer whole = PacketEncoder.encode(new Publish(message, false, 0), run.target().version());
    byte[] bytes = new byte[whole.remaining() - 32];
    whole.get(bytes);
    return bytes;
  }

  static Finding nothingHalf(RowRun run) {
    List<Arrival> halves = run.inbox(run.topic("half")).takeRest();
    return halves.isEmpty()
        ? Finding.ok("no half message")
        : Finding.failed("the half message: " + halves.get(0).words());
  }

  private static Finding kill(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    VictimOrder order =
        new VictimOrder(run.target(), run.clientId("v"), run.topic(), run.message().payload());
    try (VictimProcess process = VictimProcess.start(order, VictimProcess.START_LIMIT)) {
      run.tell("connected in a process of its own, " + process.pid());
      run.trace().event("victim", "process " + process.pid() + " is connected; now SIGKILL");
      return run.expectWill(process.kill());
    } catch (IOException e) {
      throw new RowAborted("the client in a process of its own " + e.getMessage());
    }
  }

  private static Finding malformed(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    ByteBuffer valid =
        PacketEncoder.encode(
            new Publish(
                Message.of(run.topic("half"), new byte[4], Qos.AT_LEAST_ONCE, false), false, 1),
            run.target().version());
    byte[] bytes = new byte[valid.remaining()];
    valid.get(bytes);
    bytes[0] = PUBLISH_QOS_3; // [MQTT-3.3.1-4]
    long end = System.nanoTime();
    client.sendBytes(bytes, "PUBLISH with QoS 3");
    run.tell("sends a PUBLISH with QoS 3");
    return closedAndWill(run, client, end).and(nothingHalf(run));
  }

  private static Finding secondConnect(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Victim victim = run.victim("v").with(run.will());
    DrillClient client = victim.open();
    long end = System.nanoTime();
    client.send(victim.connect());
    run.tell("sends a second CONNECT");
    return closedAndWill(run, client, end);
  }

  private static Finding closedAndWill(RowRun run, DrillClient client, long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Finding will = run.expectWill(end);
    if (client.awaitEnd(will.isFailed() ? Duration.ZERO : CLOSE_LIMIT)) {
      return will.isFailed()
          ? Finding.failed("closed, " + will.seen()).within(null, will.bound())
          : will;
    }
    return Finding.failed("the connection stays open, " + will.seen())
        .within(will.after(), will.bound());
  }
}
