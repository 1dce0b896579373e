package dev.midge.lwt.peer;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import java.io.IOException;
import java.io.ObjectInputStream;

/** The main class of {@link VictimProcess}: connects with a will and waits to be killed. */
public final class VictimMain {
  /** The byte on standard output that reports a connected client. */
  public static final int CONNECTED = '+';

  private VictimMain() {}

  /** Reads a {@link VictimOrder} from standard input; a failure is one line on standard error. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      connect((VictimOrder) new ObjectInputStream(System.in).readObject());
    } catch (ConnectionFailure e) {
      System.err.println(FailureText.of(e));
      Runtime.getRuntime().halt(1);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // The parent runs the same classes.
    }
    System.out.write(CONNECTED);
    System.out.flush();
    // Ends when the parent closes the pipe or is gone itself; usually it is killed before.
    while (System.in.read() >= 0) {}
  }

  private static void connect(VictimOrder order) throws ConnectionFailure, InterruptedException {
    Target target = order.target();
    Will will =
        new Will(Message.of(order.willTopic(), order.willPayload(), Qos.AT_MOST_ONCE, false));
    ConnectSpec spec = target.connect(order.clientId(), will);
    PacketTrace trace = new PacketTrace();
    EngineKind engine = target.engine();
    if (engine == null) {
      PacketClient.open(target, new Watchdog(), trace, "victim", DrillReader.Sink.NONE)
          .connect(spec);
    } else {
      EngineClient.start(target, spec, engine, trace, "victim", DrillReader.Sink.NONE)
          .awaitConnack();
    }
  }
}
