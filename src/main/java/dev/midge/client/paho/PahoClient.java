package dev.midge.client.paho;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client, on a channel of ours in the place of Paho's own transports. */
final class PahoClient extends MqttAsyncClient {

  /** Is not used: the channel knows where it leads. */
  private static final String ADDRESS = "tcp://-";

  private final Opener opener;
  private final InputStream in;
  private final OutputStream out;

  /** Opens the channel, on a thread of Paho's. */
  interface Opener {
    void open() throws IOException;
  }

  PahoClient(
      String clientId,
      PahoThreads threads,
      PahoKeepAlive keepAlive,
      Opener opener,
      InputStream in,
      OutputStream out)
      throws MqttException {
    super(ADDRESS, clientId, null, keepAlive, threads);
    this.opener = opener;
    this.in = in;
    this.out = out;
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) {
    return new NetworkModule[] {new Channel()};
  }

  private final class Channel implements NetworkModule {

    @Override
    public void start() throws IOException {
      opener.open();
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    /** Leaves the channel open: a frozen one has to stay so, and what was written has to arrive. */
    @Override
    public void stop() {}

    @Override
    public String getServerURI() {
      return ADDRESS;
    }
  }
}
