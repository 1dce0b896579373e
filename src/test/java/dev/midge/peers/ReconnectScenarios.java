package dev.midge.peers;

import static dev.midge.peers.Peer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.midge.mqtt.Qos;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** QoS 2 over a line that is cut again and again, in the midst of packets. */
interface ReconnectScenarios {
  int MESSAGES = 400;
  int CUTS = 8;

  Stand stand();

  @EachLibrary
  default void aSubscriberThatIsCutOffGetsEachMessageOnce(Library library) throws Exception {
    assumeThat(library)
        .as("Paho's mqttv5 shows a QoS 2 message as soon as it comes, and as often")
        .isNotEqualTo(Library.PAHO_5);
    survivesCuts(library);
    CutLine line = stand().line();
    Peer subscriber = stand().peer(library, line, Stand.kept(library, "s", null, 1000));
    subscriber.subscribe("a", Qos.EXACTLY_ONCE);
    Peer publisher = stand().peer(Library.HIVEMQ_3, "p");
    Random random = new Random(library.ordinal());
    List<CompletableFuture<Integer>> under = new ArrayList<>();
    for (int cut = 0; cut < CUTS; cut++) {
      line.cutAfter(random.nextInt(700));
      for (int i = 0; i < MESSAGES / CUTS; i++) {
        under.add(
            publisher.publishing(
                message("a", "" + (cut * (MESSAGES / CUTS) + i), Qos.EXACTLY_ONCE)));
      }
      int sent = under.size();
      until(
          () -> {
            comeBack(subscriber);
            return subscriber.arrivals().waiting() >= sent;
          });
    }
    for (CompletableFuture<Integer> each : under) {
      each.get();
    }
    assertThat(subscriber.payloads(MESSAGES)).isEqualTo(numbers());
    publisher.publish("a", "end", Qos.EXACTLY_ONCE);
    assertThat(subscriber.payloads(1)).containsExactly("end");
  }

  /** A thread dump shows it: CommsSender.start waits for a thread that has ended already. */
  private static void survivesCuts(Library library) {
    assumeThat(library)
        .as("Paho's mqttv3 hangs for ever if it is cut off at the moment when it is connected")
        .isNotIn(Library.PAHO_3_1_1, Library.PAHO_3_1);
  }

  @EachLibrary
  default void aPublisherThatIsCutOffPublishesEachMessageOnce(Library library) throws Exception {
    survivesCuts(library);
    // Paho's mqttv5 sends a message again with the alias that the old connection knew.
    if (library == Library.PAHO_5) {
      stand().serve("max_topic_alias 0");
    }
    Peer subscriber = stand().peer(Library.HIVEMQ_3, "s");
    subscriber.subscribe("a", Qos.EXACTLY_ONCE);
    CutLine line = stand().line();
    Peer publisher = stand().peer(library, line, Stand.kept(library, "p", null, 1000));
    Random random = new Random(library.ordinal());
    List<CompletableFuture<Integer>> taken = new ArrayList<>();
    for (int cut = 0; cut < CUTS; cut++) {
      line.cutAfter(random.nextInt(600));
      for (int i = 0; i < MESSAGES / CUTS; i++) {
        taken.add(publish(publisher, "" + taken.size()));
      }
    }
    line.cutAfter(Long.MAX_VALUE);
    until(
        () -> {
          comeBack(publisher);
          return subscriber.arrivals().waiting() >= notRefused(taken).size();
        });
    until(
        () -> {
          comeBack(publisher);
          return publishes(library, publisher, "end");
        });
    List<String> came = payloadsBefore("end", subscriber);
    assertThat(came).doesNotHaveDuplicates();
    List<String> wanted = notRefused(taken);
    came.removeIf(payload -> !wanted.contains(payload));
    assertThat(came).isEqualTo(wanted);
  }

  /**
   * Paho's mqttv5 counts what is in flight from 0 again when it comes back, though it sends again
   * what was: the broker ends the connection where that is more than the Receive Maximum
   * [MQTT-3.3.4-9].
   */
  private static boolean publishes(Library library, Peer publisher, String payload)
      throws Exception {
    try {
      publisher.publish("a", payload, Qos.EXACTLY_ONCE);
      return true;
    } catch (ExecutionException e) {
      if (library != Library.PAHO_5) {
        throw e;
      }
      return false;
    }
  }

  private static List<String> payloadsBefore(String last, Peer subscriber) {
    List<String> payloads = new ArrayList<>();
    String next = subscriber.payloads(1).get(0);
    while (!next.equals(last)) {
      payloads.add(next);
      next = subscriber.payloads(1).get(0);
    }
    return payloads;
  }

  /**
   * HiveMQ's client may find out later that it was not connected when it took a message, and may
   * have sent it all the same.
   */
  private static List<String> notRefused(List<CompletableFuture<Integer>> taken) {
    return IntStream.range(0, taken.size())
        .filter(i -> !taken.get(i).isCompletedExceptionally())
        .mapToObj(i -> "" + i)
        .toList();
  }

  /** Publishes, again if the library did not take it because it is not connected. */
  private static CompletableFuture<Integer> publish(Peer publisher, String payload) {
    AtomicReference<CompletableFuture<Integer>> taken = new AtomicReference<>();
    until(
        () -> {
          comeBack(publisher);
          try {
            taken.set(publisher.publishing(message("a", payload, Qos.EXACTLY_ONCE)));
            return true;
          } catch (Exception notTaken) {
            return false;
          }
        });
    return taken.get();
  }

  /** Connects again if it is cut off; a connection may be cut before it is there. */
  private static void comeBack(Peer peer) {
    until(
        () -> {
          try {
            if (!peer.isConnected()) {
              peer.reconnect(false);
            }
            return true;
          } catch (Exception cut) {
            return false;
          }
        });
  }

  private static void until(Callable<Boolean> done) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(Peer.LIMIT))
        .until(done);
  }

  private static List<String> numbers() {
    return IntStream.range(0, MESSAGES).mapToObj(i -> "" + i).toList();
  }
}
