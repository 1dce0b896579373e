package dev.midge.peers;

import static dev.midge.peers.Peer.message;
import static dev.midge.peers.Peer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How libraries come in, and how they are sent away. */
interface ConnectScenarios {
  Stand stand();

  @EachLibrary.OfMqtt5
  default void everyPropertyOfConnectIsAccepted(Library library) throws Exception {
    Properties properties =
        Properties.builder()
            .add(Property.SESSION_EXPIRY_INTERVAL, 4294967295L)
            .add(Property.RECEIVE_MAXIMUM, 7)
            .add(Property.MAXIMUM_PACKET_SIZE, 1000)
            .add(Property.TOPIC_ALIAS_MAXIMUM, 3)
            .add(Property.REQUEST_RESPONSE_INFORMATION, 1)
            .add(Property.REQUEST_PROBLEM_INFORMATION, 1)
            .userProperty("k", "v")
            .userProperty("k", "v")
            .build();
    Peer peer =
        stand().peer(library, RawClient.connect(library.version, "c", true, null, properties));
    assertThat(peer.sessionPresent()).isFalse();
    peer.disconnect(
        0,
        Properties.builder()
            .add(Property.SESSION_EXPIRY_INTERVAL, 0)
            .userProperty("bye", "bye")
            .build());
    peer.reconnect(false);
    assertThat(peer.sessionPresent()).as("an expiry of 0 in DISCONNECT ends it").isFalse();
  }

  @EachLibrary.OfMqtt5
  default void whoHasNoIdentifierIsGivenOne(Library library) throws Exception {
    Peer one = stand().peer(library, "");
    Peer two = stand().peer(library, "");
    String id = one.connack().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
    assertThat(id).isNotEmpty();
    assertThat(two.connack().text(Property.ASSIGNED_CLIENT_IDENTIFIER))
        .isNotEmpty()
        .isNotEqualTo(id);
    stand().raw(RawClient.connect(ProtocolVersion.V5, id));
    one.arrivals().awaitEnd(); // it was its identifier
    two.subscribe("a", Qos.AT_LEAST_ONCE);
    two.publish("a", "here", Qos.AT_LEAST_ONCE);
    assertThat(two.payloads(1)).containsExactly("here");
  }

  @ParameterizedTest
  @EnumSource(
      value = Library.class,
      names = {"PAHO_3_1_1", "HIVEMQ_3"})
  default void mqtt3WithoutIdentifierWorks(Library library) throws Exception {
    Peer one = stand().peer(library, "");
    Peer two = stand().peer(library, "");
    one.subscribe("a", Qos.AT_LEAST_ONCE);
    two.publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(one.payloads(1)).containsExactly("x");
  }

  @EachLibrary.OfMqtt5
  default void theServersKeepAliveIsTold(Library library) throws Exception {
    stand().serve("max_keepalive 30");
    Peer peer = stand().peer(library, "c"); // asks for 60
    assertThat(peer.connack().number(Property.SERVER_KEEP_ALIVE, 0)).isEqualTo(30);
  }

  @EachLibrary
  default void aSecondOneWithTheSameIdentifierTakesOver(Library library) throws Exception {
    Peer first = stand().peer(library, "same");
    Peer second = stand().peer(library, "same");
    int reason = first.arrivals().awaitEnd();
    // mosquitto 2.0.11 does not say why.
    if (library.version.isV5() && stand().server().isOurs()) {
      assertThat(reason).isEqualTo(ReasonCode.SESSION_TAKEN_OVER);
    }
    second.subscribe("a", Qos.AT_LEAST_ONCE);
    second.publish("a", "x", Qos.AT_LEAST_ONCE);
    assertThat(second.payloads(1)).containsExactly("x");
  }

  @EachLibrary.OfMqtt5
  default void whoIsSentAwayIsToldWhy(Library library) throws Exception {
    assumeThat(library).as("HiveMQ's keeps to the maximum by itself").isEqualTo(Library.PAHO_5);
    stand().serve("max_packet_size 1000");
    Peer peer = stand().peer(library, "c");
    try {
      peer.publishing(message("a", "x".repeat(2000), Qos.AT_MOST_ONCE));
    } catch (Exception refusedByTheLibrary) {
      assumeThat(refusedByTheLibrary).isNull();
    }
    assertThat(peer.arrivals().awaitEnd()).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
  }

  @EachLibrary
  default void theStopOfTheBrokerReachesAll(Library library) throws Exception {
    assumeThat(stand().server().isOurs()).isTrue();
    Peer peer = stand().peer(library, "c");
    stand().server().close();
    int reason = peer.arrivals().awaitEnd();
    if (library.version.isV5()) {
      assertThat(reason).isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
    }
  }

  @EachLibrary
  default void aHundredAtOnceAllGetEverything(Library library) throws Exception {
    int count = library.name().startsWith("PAHO") ? 50 : 100; // five threads each, with Paho
    stand().serve();
    ExecutorService pool = Executors.newFixedThreadPool(count);
    try {
      List<Future<Peer>> coming = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "c" + i;
        coming.add(
            pool.submit(
                () -> {
                  Peer peer = stand().peer(library, id);
                  peer.subscribe("all", Qos.AT_LEAST_ONCE);
                  return peer;
                }));
      }
      List<Peer> peers = new ArrayList<>();
      for (Future<Peer> each : coming) {
        peers.add(each.get(2 * Peer.LIMIT, TimeUnit.SECONDS));
      }
      List<Future<Integer>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Peer peer = peers.get(i);
        String payload = "" + i;
        sent.add(pool.submit(() -> peer.publish("all", payload, Qos.AT_LEAST_ONCE)));
      }
      for (Future<Integer> each : sent) {
        each.get(2 * Peer.LIMIT, TimeUnit.SECONDS);
      }
      for (Peer peer : peers) {
        Set<String> got = new HashSet<>(peer.payloads(count));
        assertThat(got).hasSize(count);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @EachLibrary
  default void disconnectThrowsTheWillAwayAndOneReasonReleasesIt(Library library) throws Exception {
    Peer watcher = stand().peer(library, "w");
    watcher.subscribe("wills", Qos.AT_LEAST_ONCE);
    Message message = Peer.message("wills", "gone", Qos.AT_LEAST_ONCE);
    Connect connect = Stand.connect(library, "c", new Will(message), Properties.NONE);
    Peer polite = stand().peer(library, connect);
    polite.disconnect();
    if (library.version.isV5()) {
      polite.reconnect(true);
      polite.disconnect(ReasonCode.DISCONNECT_WITH_WILL_MESSAGE, Properties.NONE);
      assertThat(text(watcher.next())).isEqualTo("gone");
    }
    watcher.publish("wills", "end", Qos.AT_LEAST_ONCE);
    assertThat(text(watcher.next())).isEqualTo("end");
  }
}
