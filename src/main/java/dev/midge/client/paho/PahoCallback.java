package dev.midge.client.paho;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.ConnectionFailures;
import java.io.IOException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Hears what Paho tells of a connection, on its callback thread. */
final class PahoCallback implements MqttCallback {

  private final Deliveries deliveries;
  private final PahoState state;
  private final PahoThreads threads;

  PahoCallback(Deliveries deliveries, PahoState state, PahoThreads threads) {
    this.deliveries = deliveries;
    this.state = state;
    this.threads = threads;
  }

  /**
   * Cures that Paho swallows what is thrown here, and acknowledges the message: the connection
   * fails.
   */
  @Override
  public void messageArrived(String topic, MqttMessage message) {
    try {
      deliveries.arrived(topic, message);
    } catch (ConnectionFailure failure) {
      state.fail(failure);
    } catch (IOException e) {
      state.fail(ConnectionFailures.lost(e));
    } catch (RuntimeException | Error e) {
      state.died(e);
    }
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    state.failUnlessExplained(threads, response.getException());
  }

  @Override
  public void mqttErrorOccurred(MqttException error) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String address) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
