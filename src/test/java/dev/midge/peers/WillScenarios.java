package dev.midge.peers;

import static dev.midge.peers.Peer.message;
import static dev.midge.peers.Peer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;

/** Last Wills of libraries whose line is cut. */
interface WillScenarios {
  Stand stand();

  private Peer watcher(Library library) throws Exception {
    Peer watcher = stand().peer(library, "w");
    watcher.subscribe("wills/#", Qos.EXACTLY_ONCE);
    return watcher;
  }

  /** Connects through a line that is cut at once. */
  private Peer cutOff(Library library, Connect connect) throws Exception {
    CutLine line = stand().line();
    Peer victim = stand().peer(library, line, connect);
    line.cut();
    victim.arrivals().awaitEnd();
    return victim;
  }

  private static Properties delayed(int seconds) {
    return Properties.of(Property.WILL_DELAY_INTERVAL, seconds);
  }

  private void noMore(Library library, Peer watcher) throws Exception {
    watcher.publish("wills/end", "end", Qos.EXACTLY_ONCE);
    assertThat(text(watcher.next())).isEqualTo("end");
  }

  @EachLibrary
  default void aCutReleasesTheWill(Library library) throws Exception {
    Peer watcher = watcher(library);
    for (Qos qos : Qos.values()) {
      Message will = message("wills/ü", "gone " + qos, qos);
      cutOff(library, Stand.connect(library, "victim", new Will(will), Properties.NONE));
      assertThat(watcher.next()).isEqualTo(will);
    }
    noMore(library, watcher);
  }

  @EachLibrary
  default void aRetainedWillIsKept(Library library) throws Exception {
    Message will = Peer.retained("wills/r", "gone");
    Peer first = watcher(library);
    cutOff(library, Stand.connect(library, "victim", new Will(will), Properties.NONE));
    assertThat(text(first.next())).isEqualTo("gone");
    Peer late = stand().peer(library, "late");
    late.subscribe("wills/r", Qos.EXACTLY_ONCE);
    assertThat(late.next()).isEqualTo(will);
  }

  @EachLibrary.OfMqtt5
  default void aWillCarriesAllItsProperties(Library library) throws Exception {
    Properties all = PublishScenarios.EVERYTHING.plus(Property.MESSAGE_EXPIRY_INTERVAL, 1000);
    Message will =
        message("wills/p", "gone", Qos.EXACTLY_ONCE)
            .withProperties(all.plus(Property.WILL_DELAY_INTERVAL, 0));
    Peer watcher = watcher(library);
    cutOff(library, Stand.connect(library, "victim", new Will(will), Properties.NONE));
    Properties got = watcher.next().properties();
    assertThat(got.without(Property.MESSAGE_EXPIRY_INTERVAL))
        .isEqualTo(PublishScenarios.EVERYTHING);
    assertThat(got.number(Property.MESSAGE_EXPIRY_INTERVAL, 0)).isBetween(990L, 1000L);
  }

  @EachLibrary.OfMqtt5
  default void aDelayedWillComesLaterAndTheDelayEndsWithTheSession(Library library)
      throws Exception {
    assumeThat(stand().server().isOurs())
        .as("mosquitto 2.0.11 does not end the delay with the session")
        .isTrue();
    Peer watcher = watcher(library);
    Message soon = message("wills/soon", "soon", Qos.AT_LEAST_ONCE).withProperties(delayed(100));
    Message later = message("wills/later", "later", Qos.AT_LEAST_ONCE).withProperties(delayed(5));
    long before = System.nanoTime();
    cutOff(library, Stand.kept(library, "later", new Will(later), 1000));
    cutOff(library, Stand.connect(library, "soon", new Will(soon), Properties.NONE));
    assertThat(text(watcher.next())).as("no session, no delay").isEqualTo("soon");
    assertThat(text(watcher.next())).isEqualTo("later");
    assertThat(System.nanoTime() - before).isGreaterThan(5_000_000_000L);
    noMore(library, watcher);
  }

  @EachLibrary.OfMqtt5
  default void whoComesBackInTimeLeavesNoWill(Library library) throws Exception {
    Peer watcher = watcher(library);
    Message message = message("wills/c", "gone", Qos.AT_LEAST_ONCE).withProperties(delayed(5));
    Peer back = cutOff(library, Stand.kept(library, "back", new Will(message), 1000));
    back.reconnect(false);
    assertThat(back.sessionPresent()).isTrue();
    back.disconnect();
    // Another will, of the same delay but released after it, comes alone.
    Message other = message("wills/o", "other", Qos.AT_LEAST_ONCE).withProperties(delayed(5));
    cutOff(library, Stand.kept(library, "other", new Will(other), 1000));
    assertThat(text(watcher.next())).isEqualTo("other");
    noMore(library, watcher);
  }

  @EachLibrary.OfMqtt5
  default void whoBeginsANewSessionLeavesTheWillOfTheOldOne(Library library) throws Exception {
    assumeThat(stand().server().isOurs()).as("mosquitto 2.0.11 throws it away").isTrue();
    Peer watcher = watcher(library);
    Message message = message("wills/c", "gone", Qos.AT_LEAST_ONCE).withProperties(delayed(1000));
    Connect connect = Stand.kept(library, "c", new Will(message), 1000);
    Peer back = cutOff(library, connect);
    back.reconnect(true);
    assertThat(text(watcher.next())).isEqualTo("gone");
    back.disconnect();
    noMore(library, watcher);
  }

  @EachLibrary
  default void aTakenOverConnectionLeavesItsWill(Library library) throws Exception {
    Peer watcher = watcher(library);
    Message message = message("wills/t", "gone", Qos.AT_LEAST_ONCE);
    Peer old =
        stand().peer(library, Stand.connect(library, "same", new Will(message), Properties.NONE));
    stand().raw(RawClient.connect(library.version, "same"));
    old.arrivals().awaitEnd();
    assertThat(text(watcher.next())).isEqualTo("gone");
    noMore(library, watcher);
  }
}
