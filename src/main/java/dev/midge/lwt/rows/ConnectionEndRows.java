package dev.midge.lwt.rows;

import dev.midge.client.ConnectionFailure;
import dev.midge.fault.Effect;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.VictimOrder;
import dev.midge.lwt.peer.VictimProcess;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowAborted;
import dev.midge.lwt.row.RowRun;
import dev.midge.lwt.row.ScriptResult;
import dev.midge.lwt.row.Victim;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Publish;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The rows in which the connection ends without DISCONNECT. */
final class ConnectionEndRows {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
  private static final int PUBLISH_QOS_3 = 0x36;

  private ConnectionEndRows() {}

  static List<Row> all() {
    return List.of(
        Row.of(
            "close",
            "3.1.2-8",
            "A connection that is closed without DISCONNECT has its will published.",
            "TCP FIN",
            "will",
            run -> cut(run, Effect.CLOSE)),
        Row.of(
            "reset",
            "3.1.2-8",
            "A connection that is reset has its will published.",
            "TCP RST",
            "will",
            run -> cut(run, Effect.RESET)),
        Row.of(
                "half-packet",
                "3.1.2-8",
                "A connection that ends in the middle of a PUBLISH has its will published, and the half"
                    + " message is not delivered.",
                "half a PUBLISH, FIN",
                "will alone",
                ConnectionEndRows::halfPacket)
            .onlyByPackets(),
        Row.of(
            "kill",
            "3.1.2-8",
            "A client whose process is killed has its will published.",
            "SIGKILL",
            "will",
            ConnectionEndRows::kill),
        Row.of(
                "malformed",
                "4.13.1-1, 3.1.2-8",
                "The broker closes the connection on a malformed packet and publishes the will.",
                "malformed packet",
                "closed, will",
                ConnectionEndRows::malformed)
            .onlyByPackets(),
        Row.of(
                "second-connect",
                "3.1.0-2, 3.1.2-8",
                "The broker closes the connection on a second CONNECT and publishes the will.",
                "second CONNECT",
                "closed, will",
                ConnectionEndRows::secondConnect)
            .onlyByPackets());
  }

  private static ScriptResult cut(RowRun run, Effect effect)
      throws ConnectionFailure, RowAborted, InterruptedException {
    return run.expectWill(run.connect(run.will()).end(effect)); // [MQTT-3.1.2-8]
  }

  private static ScriptResult halfPacket(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    PacketClient client = run.packets(run.connect(run.will()));
    client.sendBytes(HalfPublish.bytes(run), "half a PUBLISH");
    ScriptResult will = run.expectWill(client.end(Effect.CLOSE));
    return will.and(HalfPublish.expectNone(run));
  }

  private static ScriptResult kill(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    VictimOrder order =
        new VictimOrder(run.target(), run.clientId("v"), run.topic(), run.message().payload());
    try (VictimProcess process = VictimProcess.start(order, VictimProcess.START_LIMIT)) {
      String through = run.victim("v").through();
      run.tell("connected" + through + " in a process of its own, " + process.pid());
      String connected = "process " + process.pid() + " is connected" + through;
      run.trace().event("victim", connected + "; now SIGKILL");
      return run.expectWill(process.kill());
    } catch (IOException e) {
      throw new RowAborted("the client in a process of its own " + e.getMessage());
    }
  }

  private static ScriptResult malformed(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    PacketClient client = run.packets(run.connect(run.will()));
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
    return closedAndWill(run, client, end).and(HalfPublish.expectNone(run));
  }

  private static ScriptResult secondConnect(RowRun run)
      throws ConnectionFailure, RowAborted, InterruptedException {
    Victim victim = run.victim("v").with(run.will());
    PacketClient client = run.packets(victim.open());
    long end = System.nanoTime();
    client.send(victim.spec().packet());
    run.tell("sends a second CONNECT");
    return closedAndWill(run, client, end);
  }

  private static ScriptResult closedAndWill(RowRun run, PacketClient client, long end)
      throws ConnectionFailure, RowAborted, InterruptedException {
    ScriptResult will = run.expectWill(end);
    if (client.awaitEnd(will.isFailed() ? Duration.ZERO : CLOSE_LIMIT)) {
      return will.isFailed()
          ? ScriptResult.failed("closed, " + will.seen()).withTime(null, will.bound())
          : will;
    }
    return ScriptResult.failed("the connection stays open, " + will.seen())
        .withTime(will.after(), will.bound());
  }
}
