package dev.midge.client.paho;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.Engine;
import dev.midge.mqtt.packet.Connack;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Passes events on to a hearer that comes when the engine starts. */
final class LateEvents implements Engine.Events {

  private volatile Engine.@Nullable Events hearer;

  /** The engine starts. */
  void hear(Engine.Events events) {
    hearer = events;
  }

  private Engine.Events hearer() {
    return Objects.requireNonNull(hearer, "not started");
  }

  @Override
  public void reached() {
    hearer().reached();
  }

  @Override
  public void connected(Connack connack) {
    hearer().connected(connack);
  }

  @Override
  public void failed(ConnectionFailure failure) {
    hearer().failed(failure);
  }

  @Override
  public void quiet() {
    hearer().quiet();
  }
}
