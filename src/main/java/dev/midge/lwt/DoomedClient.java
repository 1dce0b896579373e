package dev.midge.lwt;

import dev.midge.client.ClientEvents;
import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.client.LinkListener;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Received;
import dev.midge.mqtt.Will;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;

/** The main class of {@link DoomedProcess}: connects with a will and waits to be killed. */
public final class DoomedClient {
  /** Written to standard output once the client is connected. */
  static final int CONNECTED = '+';

  private DoomedClient() {}

  /** Reads a {@link Target} from standard input; a failure is one line on standard error. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      Target target = (Target) new ObjectInputStream(System.in).readObject();
      byte[] offline = Stage.OFFLINE.getBytes(StandardCharsets.UTF_8);
      Will will = new Will(Message.of(target.topic(), offline, Qos.AT_MOST_ONCE, false));
      Link.open(target.client(Stage.CLIENT, will), ClientEvents.NONE, new Deaf());
    } catch (LinkFailure e) {
      System.err.println(Drill.words(e));
      Runtime.getRuntime().halt(1);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e); // The parent runs the same classes.
    }
    System.out.write(CONNECTED);
    System.out.flush();
    // Ends when the parent closes the pipe or is gone itself; usually it is killed before.
    while (System.in.read() >= 0) {}
  }

  private static final class Deaf implements LinkListener {
    @Override
    public void received(Received message) {}

    @Override
    public void lost(LinkFailure failure) {
      Runtime.getRuntime().halt(1);
    }
  }
}
