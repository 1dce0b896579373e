package dev.midge.client;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Unsuback;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Speaks MQTT for one {@link Connection}, on the channel that an {@link EngineFactory} was given.
 * Its methods are called by several threads, {@link #start} first and once.
 *
 * <p>An {@link IOException} means that the channel takes nothing any more; {@link Events#failed}
 * tells why as soon as the thread that reads knows, and that may be later.
 */
public interface Engine {

  /** Opens the channel, sends CONNECT and begins to read. Returns at once; the events tell. */
  void start(Events events);

  /**
   * Sends a message. With QoS 1 and 2 it waits while the inflight window is full; the message is
   * then part of the session, and if the session outlives the connection, the next one sends it
   * again. With QoS 0 it waits until those that were added before are sent.
   *
   * @param more whether another message follows at once, or {@link #flush}, so that they may share
   *     a write
   * @return completes when the message is delivered (QoS 0: written; 1: PUBACK; 2: PUBCOMP), or
   *     exceptionally with the {@link ConnectionFailure} of the connection
   * @throws ConnectionFailure when the broker does not take such a message, see {@link
   *     ConnectionFailure#isUnsendable}
   * @throws java.util.concurrent.CancellationException when the session is over
   */
  CompletableFuture<Delivery> publish(Message message, boolean more)
      throws ConnectionFailure, IOException, InterruptedException;

  /**
   * Sends the messages that were added to the session and that this connection has not sent yet, as
   * far as the inflight window allows. Without effect before CONNACK, which does it, too.
   *
   * @param more as with {@link #publish}
   */
  void sendQueued(boolean more) throws IOException;

  /** Writes what was held back for packets to follow. */
  void flush() throws IOException;

  /**
   * Sends SUBSCRIBE; it is written when this returns.
   *
   * @return completes with SUBACK, on the thread that reads, before that reads on
   * @throws ConnectionFailure when the packet is too large for the broker
   */
  CompletableFuture<Suback> subscribe(List<Subscription> subscriptions, Properties properties)
      throws ConnectionFailure, IOException;

  /** Sends UNSUBSCRIBE, as {@link #subscribe} does SUBSCRIBE. */
  CompletableFuture<Unsuback> unsubscribe(List<String> filters, Properties properties)
      throws ConnectionFailure, IOException;

  /** Waits until every message that was delivered has been acknowledged, or the time is over. */
  void awaitAcknowledged(long millis) throws InterruptedException;

  /**
   * Sends DISCONNECT and handles no packet any more. Returns after a second at most, even where the
   * broker does not read. The channel stays open.
   */
  void disconnect(int reasonCode, Properties properties) throws InterruptedException;

  /**
   * Sends nothing any more and handles no packet any more. A thread that is stuck in a write, since
   * the broker does not read, is waited for a second at most.
   *
   * @param last is still sent, unless something is stuck
   * @param then is run when nothing can be sent any more: it closes the channel, or does what a
   *     fault wants
   */
  void shut(@Nullable Disconnect last, Runnable then);

  /**
   * Returns whether something of the broker has come in part, or is not handled yet. Where that is
   * not so, the engine waits for the broker.
   */
  boolean isBusy();

  /** Returns whether a write has been waiting for the broker for so long. */
  boolean isStuck(long millis);

  /**
   * Ends the futures of messages and requests that nobody will answer any more. Messages of a
   * session that outlives the connection are left to the next one.
   *
   * @param why the failure of the connection; null when its end was wanted
   */
  void abandon(@Nullable ConnectionFailure why);

  /** Ends the threads; the one that reads ends when the channel is closed. */
  void stop();

  /** An engine tells here how its connection fares. Called by its threads. */
  interface Events {

    /** The channel is open; CONNECT follows. */
    void reached();

    /** CONNACK has come and is a success; nothing more is read until this returns. */
    void connected(Connack connack);

    /**
     * The connection cannot be made, is refused or lost, or the broker broke the rules, and has
     * been told so. The first call counts, and none does after an end that was wanted.
     */
    void failed(ConnectionFailure failure);

    /**
     * The {@link MessageListener} is not called any more. Told once, after the end of the
     * connection; a listener that is blocked delays it.
     */
    void quiet();
  }
}
