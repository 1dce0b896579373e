package dev.midge.lwt;

import dev.midge.client.ClientEvents;
import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.client.LinkListener;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Received;
import dev.midge.mqtt.Will;
import dev.midge.wire.Endpoint;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The main class of {@link DoomedProcess}: connects with a will and waits to be killed. */
public final class DoomedClient {
  /** What it writes once it is connected. */
  static final int CONNECTED = '+';

  private DoomedClient() {}

  public static void main(String[] args) throws IOException, LinkFailure, InterruptedException {
    Target target = read(new DataInputStream(System.in));
    byte[] offline = Stage.OFFLINE.getBytes(StandardCharsets.UTF_8);
    Will will = new Will(Message.of(target.topic(), offline, Qos.AT_MOST_ONCE, false));
    Link.open(target.client(Stage.CLIENT, will), ClientEvents.NONE, new Deaf());
    System.out.write(CONNECTED);
    System.out.flush();
    // Ends when the parent closes the pipe or is gone itself; usually it is killed before.
    while (System.in.read() >= 0) {}
  }

  static void write(Target target, DataOutputStream out) throws IOException {
    out.writeUTF(target.endpoint().host());
    out.writeInt(target.endpoint().port());
    writeOptional(target.endpoint().bindAddress(), out);
    out.writeUTF(target.version().name());
    writeOptional(target.username(), out);
    out.writeInt(target.password() == null ? -1 : target.password().length);
    if (target.password() != null) {
      out.write(target.password());
    }
    out.writeUTF(target.prefix());
    out.writeUTF(target.clientPrefix());
  }

  private static Target read(DataInputStream in) throws IOException {
    Endpoint endpoint = new Endpoint(in.readUTF(), in.readInt(), readOptional(in));
    ProtocolVersion version = ProtocolVersion.valueOf(in.readUTF());
    String username = readOptional(in);
    int length = in.readInt();
    byte[] password = length < 0 ? null : in.readNBytes(length);
    return new Target(endpoint, version, username, password, in.readUTF(), in.readUTF());
  }

  private static void writeOptional(String text, DataOutputStream out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  private static String readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
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
