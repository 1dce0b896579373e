package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.PacketText;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Timing;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Publish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The rows in which the client ends by DISCONNECT. */
final class DisconnectRows {
  /** The reasons from 0x80 on that a client may send in DISCONNECT, 3.14.2.1. */
  private static final int[] CLIENT_ERRORS = {
    0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99
  };

  private DisconnectRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
            "clean",
            "3.14.4-3, 3.1.2-10",
            "After DISCONNECT with reason 0x00 the broker discards the will.",
            "DISCONNECT 0x00",
            "no will",
            DisconnectRows::clean),
        Row.of(
                "clean-reset",
                "3.14.4-3",
                "After DISCONNECT the way in which the connection ends brings no will back.",
                "DISCONNECT, TCP RST",
                "no will",
                DisconnectRows::cleanReset)
            .onlyByPackets(),
        Row.of(
                "clean-unread",
                "3.14.4-3",
                "What a client wrote before its connection was reset counts: its messages are"
                    + " delivered, and DISCONNECT discards the will.",
                "PUBLISH, DISCONNECT, RST",
                "messages, no will",
                DisconnectRows::cleanUnread)
            .onlyByPackets(),
        Row.of(
                "reason-04",
                "3.14.2.1",
                "DISCONNECT with reason 0x04 asks for the will.",
                "DISCONNECT 0x04",
                "will",
                run -> reason(run, ReasonCode.DISCONNECT_WITH_WILL_MESSAGE))
            .onlyV5(),
        Row.of(
                "reason-error",
                "3.1.2-10",
                "DISCONNECT with any other reason than 0x00 leaves the will to be published.",
                "DISCONNECT 0x80…0x99",
                "will each time",
                DisconnectRows::reasonError)
            .onlyV5(),
        Row.of(
                "reason-expiry-0",
                "3.1.3-9",
                "DISCONNECT 0x04 that sets the session expiry to 0 ends the session, and with it the"
                    + " delay of the will.",
                "0x04, expiry 0",
                "will at once",
                DisconnectRows::reasonExpiry)
            .onlyV5());
  }

  private static ScriptResult clean(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    long end = client.disconnect(Disconnect.NORMAL);
    client.close();
    run.tell("says DISCONNECT");
    return run.expectNothing(end); // [MQTT-3.14.4-3]
  }

  private static ScriptResult cleanReset(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    PacketClient client = run.packets(run.connect(run.will()));
    client.disconnect(Disconnect.NORMAL);
    return run.expectNothing(client.end(Effect.RESET));
  }

  /**
   * Resets the connection while the messages and DISCONNECT may lie unread in the broker's socket.
   * In QoS 0 and after CONNACK the broker has nothing to write meanwhile: a write that fails for
   * the reset would be a reason to give up before DISCONNECT is read.
   */
  private static ScriptResult cleanUnread(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Message first = Message.of(run.topic("message"), RowRun.bytes("1"), Qos.AT_MOST_ONCE, false);
    Message second = Message.of(run.topic("message"), RowRun.bytes("2"), Qos.AT_MOST_ONCE, false);
    PacketClient client = run.packets(run.connect(run.will()));
    client.send(new Publish(first, false, 0), new Publish(second, false, 0), Disconnect.NORMAL);
    long end = client.end(Effect.RESET);
    ScriptResult messages = expectMessage(run, first, end).and(expectMessage(run, second, end));
    if (messages.isFailed()) {
      return messages;
    }
    ScriptResult rest = run.expectNothing(end);
    return rest.isFailed() ? rest : ScriptResult.ok("messages, no will");
  }

  private static ScriptResult expectMessage(RowRun run, Message message, long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Timing timing = run.atOnce(end);
    Arrival arrival = run.inbox(message.topic()).take(timing.deadline());
    return arrival != null && arrival.is(message)
        ? ScriptResult.ok("message")
        : ScriptResult.failed(
            (arrival == null ? "nothing" : arrival.text())
                + " in place of message "
                + PacketText.payload(message.payload()));
  }

  private static ScriptResult reason(RowRun run, int code)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.connect(run.will());
    long end = client.disconnect(new Disconnect(code, Properties.NONE));
    client.close();
    run.tell("says DISCONNECT " + PacketText.code(code));
    return run.expectWill(end);
  }

  private static ScriptResult reasonError(RowRun run)
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
    run.onlyWaits("the wills of " + run.rowId());
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
      return ScriptResult.ok(CLIENT_ERRORS.length + " wills of " + CLIENT_ERRORS.length)
          .withTime(slowest, Timing.AT_ONCE);
    }
    String which =
        without.size() == CLIENT_ERRORS.length ? "any reason" : String.join(", ", without);
    return ScriptResult.failed("no will at " + which).withTime(null, Timing.AT_ONCE);
  }

  private static ScriptResult reasonExpiry(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = run.victim("v").with(run.delayed(20)).kept(300).open();
    Properties expiry = Properties.of(Property.SESSION_EXPIRY_INTERVAL, 0);
    long end = client.disconnect(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, expiry));
    client.close();
    return run.expectWill(end);
  }
}
