package dev.midge.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.MqttToken;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;

/**
 * Eclipse Paho's MQTT 5 client on a wire of ours: keeps flows of QoS 1 and 2 going, matches answers
 * to requests and keeps the connection alive. It is shown a broker without limits or opinions; the
 * rest is the business of {@link Connection}, the only user.
 */
final class PahoEngine extends MqttAsyncClient {

  /** Never used: the wire knows where it leads. */
  private static final String NOWHERE = "tcp://-";

  private final Connection link;
  private final Opener opener;
  private final InputStream in;
  private final OutputStream out;

  /** Makes the connection, on a thread of Paho's. */
  interface Opener {
    void open() throws IOException;
  }

  PahoEngine(
      Connection link,
      PahoThreads threads,
      PahoPing ping,
      Opener opener,
      InputStream in,
      OutputStream out)
      throws MqttException {
    super(NOWHERE, "", null, ping, threads);
    this.link = link;
    this.opener = opener;
    this.in = in;
    this.out = out;
    setCallback(new Callback());
  }

  /** Starts to connect; {@link Connection#ready} or {@link Connection#fail} tells the result. */
  void start(int keepAliveSeconds) throws MqttException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setKeepAliveInterval(keepAliveSeconds);
    // Paho's memory is that of this one connection.
    options.setCleanStart(true);
    connect(options, null, new Connected());
  }

  /** Hands a packet over; the listener hears when its flow is complete. Does not wait. */
  void send(MqttWireMessage packet, MqttActionListener listener) throws MqttException {
    MqttToken token = new MqttToken("");
    token.setActionCallback(listener);
    comms.sendNoWait(packet, token);
  }

  /** Something came or went on the wire. */
  void sentBytes(int count) {
    comms.getClientState().notifySentBytes(count);
  }

  void receivedBytes(int count) {
    comms.getClientState().notifyReceivedBytes(count);
  }

  /** Ends Paho's loops. */
  void stop() {
    comms.shutdownConnection(null, null, null);
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) {
    return new NetworkModule[] {new Module()};
  }

  private final class Module implements NetworkModule {

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

    /** The wire is not Paho's to close: a frozen one has to stay open. */
    @Override
    public void stop() {}

    @Override
    public String getServerURI() {
      return NOWHERE;
    }
  }

  private final class Connected implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      link.ready();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable why) {
      link.engineFailed(why);
    }
  }

  private final class Callback implements MqttCallback {

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException why = response.getException();
      int code = why == null ? 0 : why.getReasonCode();
      if (code == MqttClientException.REASON_CODE_CLIENT_TIMEOUT
          || code == MqttClientException.REASON_CODE_WRITE_TIMEOUT) {
        link.fail(new ConnectionFailure(ConnectionFailure.Kind.KEEPALIVE, null));
      } else {
        link.engineFailed(why);
      }
    }

    @Override
    public void mqttErrorOccurred(MqttException why) {}

    /** Only a stand-in; the true message was delivered before Paho saw it. */
    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
