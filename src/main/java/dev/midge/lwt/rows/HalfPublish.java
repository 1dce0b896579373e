package dev.midge.lwt.rows;

import dev.midge.lwt.peer.Inbox.Arrival;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Publish;
import java.nio.ByteBuffer;
import java.util.List;

/** A PUBLISH that the client never completes, and the check that the broker does not deliver it. */
final class HalfPublish {
  private HalfPublish() {}

  /** Returns the first half of a PUBLISH whose topic is complete. */
  static byte[] bytes(RowRun run) {
    Message message = Message.of(run.topic("half"), new byte[64], Qos.AT_MOST_ONCE, false);
    ByteBuffer whole = PacketEncoder.encode(new Publish(message, false, 0), run.target().version());
    byte[] bytes = new byte[whole.remaining() - 32];
    whole.get(bytes);
    return bytes;
  }

  /** Expects that the watcher has received no part of the message. */
  static ScriptResult expectNone(RowRun run) {
    List<Arrival> halves = run.inbox(run.topic("half")).takeRest();
    return halves.isEmpty()
        ? ScriptResult.ok("no half message")
        : ScriptResult.failed("the half message: " + halves.get(0).text());
  }
}
