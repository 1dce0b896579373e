package dev.midge.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.midge.client.io.DuePing;
import dev.midge.client.job.Engines;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.Heard;
import dev.midge.testing.Specs;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A client that sends and receives a packet of each kind, one after the other, with a fault; its
 * broker is a {@link dev.midge.testing.ObservedBroker}. Can be a process of its own.
 */
final class FaultConversation {
  private final Connection connection;
  private final CompletableFuture<ConnectionOutcome> over;
  private final Heard heard;
  private final String fault;
  private final int port;

  private FaultConversation(Connection connection, int port, String fault, Heard heard) {
    this.connection = connection;
    this.over = connection.over();
    this.heard = heard;
    this.fault = fault;
    this.port = port;
  }

  /** Is killed, or ends. */
  public static void main(String[] words) throws Exception {
    play(Integer.parseInt(words[0]), EngineKind.valueOf(words[1]), words[2], new Heard());
  }

  /**
   * Plays to the end.
   *
   * @param fault beginning with {@code none} for a conversation without one
   */
  static ConnectionOutcome play(int port, EngineKind engine, String fault, Heard heard)
      throws Exception {
    Specs specs = Specs.to(port).version(ProtocolVersion.V5).clientId("c1").engine(engine);
    if (!fault.startsWith("none")) {
      specs.fault(fault);
    }
    try (Connection connection = Engines.start(specs.spec(), engine, heard, heard)) {
      try {
        new FaultConversation(connection, port, fault, heard).converse();
        connection.end(0, Properties.NONE);
      } catch (CancellationException | ExecutionException | ConnectionFailure ended) {
        // Which over() tells.
      }
      ConnectionOutcome outcome = connection.over().get(30, TimeUnit.SECONDS);
      if (outcome == ConnectionOutcome.STRUCK) {
        connection.struck().get(30, TimeUnit.SECONDS);
      }
      return outcome;
    }
  }

  private void converse() throws Exception {
    either(connection.opened());
    if (fault.contains("@after") || fault.contains("@every")) {
      Awaitility.await().until(() -> over.isDone() || !heard.faults.isEmpty());
    }
    either(
        connection.subscribe(List.of(Subscription.of("a/#", Qos.EXACTLY_ONCE)), Properties.NONE));
    either(connection.publish(message("a/1", Qos.AT_LEAST_ONCE)));
    either(connection.publish(message("a/2", Qos.EXACTLY_ONCE)));
    // The message of the broker of QoS 2 is the last, and is acknowledged in full when a write is
    // possible again.
    Awaitility.await()
        .until(
            () ->
                over.isDone() || heard.sent.stream().anyMatch(p -> p.type() == PacketType.PUBCOMP));
    connection.sendQueued(false);
    connection.inputEnded();
    either(connection.unsubscribe(List.of("a/#"), Properties.NONE));
    if (fault.contains("@disconnect-in")) {
      either(new CompletableFuture<>());
    }
    if (fault.contains("@ping")) {
      DuePing.send(port);
      Awaitility.await()
          .until(
              () ->
                  over.isDone()
                      || heard.received.stream().anyMatch(p -> p.type() == PacketType.PINGRESP));
    }
  }

  private void either(CompletableFuture<?> step) throws Exception {
    CompletableFuture.anyOf(step, over).get(30, TimeUnit.SECONDS);
  }

  private static Message message(String topic, Qos qos) {
    return Message.of(topic, "0123456789".getBytes(UTF_8), qos, false);
  }
}
