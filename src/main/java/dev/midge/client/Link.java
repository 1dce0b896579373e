package dev.midge.client;

import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A live connection to a broker. For several threads. */
public final class Link implements AutoCloseable {
  private Link() {}

  /**
   * Connects and waits for CONNACK.
   *
   * @throws LinkFailure when the broker cannot be reached or refuses
   */
  public static Link open(ConnectSpec spec, ClientEvents events, LinkListener listener)
      throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** CONNACK as the broker sent it, in the user's version. */
  public Connack connack() {
    throw new UnsupportedOperationException();
  }

  /** The client id that is in use: the given one, or the one that the broker assigned. */
  public String clientId() {
    throw new UnsupportedOperationException();
  }

  /**
   * Hands a message over; waits while as many messages as allowed are on their way.
   *
   * @return completes with the reason code once the message is delivered (QoS 0: written; 1:
   *     PUBACK; 2: PUBCOMP), or exceptionally with a {@link LinkFailure}
   */
  public CompletableFuture<Integer> publish(Message message)
      throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Sends SUBSCRIBE and waits for SUBACK, whose codes may be refusals. */
  public Suback subscribe(List<Subscription> subscriptions, Properties properties)
      throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /** Sends UNSUBSCRIBE and waits for UNSUBACK. */
  public Unsuback unsubscribe(List<String> filters, Properties properties)
      throws LinkFailure, InterruptedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Ends the connection: by the planned fault if its moment is the end, otherwise with DISCONNECT.
   *
   * @param reasonCode 0 or 4; with 4 MQTT 3, which has no such code, still says an ordinary goodbye
   */
  public void end(int reasonCode, Properties properties) throws InterruptedException {
    throw new UnsupportedOperationException();
  }

  /**
   * Does that to the connection now. A frozen connection stays open until the peer hangs up or
   * {@link #close}.
   */
  public void inflict(Effect effect) {
    throw new UnsupportedOperationException();
  }

  /**
   * Completes when the planned fault was carried out and is over; freezing is over when the peer
   * has hung up.
   */
  public CompletableFuture<Fault> struck() {
    throw new UnsupportedOperationException();
  }

  /** Closes the transport without DISCONNECT, if it is still open. Never fails. */
  @Override
  public void close() {}
}
