package dev.midge.client.paho;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;

/** Hears of the success of something that Paho was asked for, on Paho's callback thread. */
final class Told implements MqttActionListener {

  private final Runnable onSuccess;

  Told(Runnable onSuccess) {
    this.onSuccess = onSuccess;
  }

  @Override
  public void onSuccess(IMqttToken token) {
    onSuccess.run();
  }

  /** The end of the connection ends what waits. */
  @Override
  public void onFailure(IMqttToken token, Throwable why) {}
}
