package dev.midge.client;

import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;

/** Hears from Paho that a flow is complete. Why one is not, the end of the link tells. */
record Settled(Runnable then) implements MqttActionListener {

  @Override
  public void onSuccess(IMqttToken token) {
    then.run();
  }

  @Override
  public void onFailure(IMqttToken token, Throwable why) {}
}
