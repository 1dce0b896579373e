package dev.midge.fault.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.plan.Shaping;
import dev.midge.net.Endpoint;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.ScriptedBroker.Sight;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultyChannelTest {

  private ScriptedBroker peer;
  private FaultyChannel channel;

  @BeforeEach
  void connect() throws Exception {
    peer = new ScriptedBroker();
    channel = new FaultyChannel(new Endpoint("127.0.0.1", peer.port(), null));
    channel.connect();
    peer.accept();
  }

  @AfterEach
  void close() throws Exception {
    channel.abort();
    peer.close();
  }

  private CompletableFuture<Integer> reading() {
    return reading(channel);
  }

  private static CompletableFuture<Integer> reading(FaultyChannel from) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return from.in().read();
          } catch (IOException e) {
            return -2;
          }
        });
  }

  @Test
  void withoutAFaultBytesPassBothWays() throws Exception {
    channel.out().write(new byte[] {1});
    peer.sendHex("02");

    assertThat(peer.readHex(1)).isEqualTo("01");
    assertThat(channel.in().read()).isEqualTo(2);
    assertThat(channel.over()).isNotDone();
  }

  @Test
  void resetTears() throws Exception {
    channel.inject(Effect.RESET);

    assertThat(peer.watch(20_000)).isEqualTo(Sight.RST);
    assertThat(channel.over()).isDone();
  }

  @Test
  void aFrozenChannelDropsBytesBothWays() throws Exception {
    CompletableFuture<Integer> reading = reading();
    channel.inject(Effect.FREEZE);
    channel.out().write(new byte[1000]);
    peer.sendHex("010203");

    assertThat(peer.watch(300)).isEqualTo(Sight.NOTHING);
    assertThat(reading).isNotDone();
    assertThat(channel.over()).isNotDone();
  }

  @Test
  void aFreezeIsOverWhenThePeerCloses() throws Exception {
    CompletableFuture<Integer> reading = reading();
    channel.inject(Effect.FREEZE);
    peer.sendHex("010203");
    peer.hangUp();

    channel.over().get(30, TimeUnit.SECONDS);
    assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void whoReadsAfterTheFreezeFindsOutToo() throws Exception {
    channel.inject(Effect.FREEZE);
    CompletableFuture<Integer> reading = reading();
    peer.hangUp();

    channel.over().get(30, TimeUnit.SECONDS);
    assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void aFrozenChannelReadsNoMoreThanTheSystemBuffers() throws Exception {
    reading();
    channel.inject(Effect.FREEZE);
    CompletableFuture<Void> flood =
        CompletableFuture.runAsync(
            () -> {
              try {
                while (true) {
                  peer.sendHex("00".repeat(1 << 20));
                }
              } catch (IOException torn) {
                // The end of the test.
              }
            });

    assertThatThrownBy(() -> flood.get(2, TimeUnit.SECONDS))
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    channel.close();
    flood.get(30, TimeUnit.SECONDS);
  }

  @Test
  void theOwnerMayEndAFreeze() throws Exception {
    CompletableFuture<Integer> reading = reading();
    channel.inject(Effect.FREEZE);
    channel.close();

    assertThat(channel.over()).isDone();
    assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(peer.watch(20_000)).isIn(Sight.RST, Sight.FIN);
  }

  static List<Effect> notOfChannels() {
    return List.of(Effect.KILL, Effect.WILL);
  }

  @ParameterizedTest
  @MethodSource("notOfChannels")
  void someEffectsAreNotForChannels(Effect effect) {
    assertThatThrownBy(() -> channel.inject(effect)).isInstanceOf(IllegalArgumentException.class);
  }

  private FaultyChannel shaped(Shaping shaping) throws Exception {
    FaultyChannel made =
        new FaultyChannel(new Endpoint("127.0.0.1", peer.port(), null), direction -> shaping);
    made.connect();
    peer.accept();
    return made;
  }

  @Test
  void ofAHalfFreezeTheOtherHalfGoesOn() throws Exception {
    channel.spoil(new Effect.Freeze(Direction.OUT));
    channel.out().write(1);
    peer.sendHex("02");
    assertThat(channel.in().read()).isEqualTo(2);
    assertThat(peer.watch(100)).isEqualTo(Sight.NOTHING);

    try (FaultyChannel deaf = shaped(Shaping.NONE)) {
      deaf.spoil(new Effect.Freeze(Direction.IN));
      deaf.out().write(1);
      assertThat(peer.readHex(1)).isEqualTo("01");
    }
  }

  @Test
  void aBlackoutHoldsEverythingBackAndLosesNothing() throws Exception {
    try (FaultyChannel dark = shaped(Shaping.NONE)) {
      long start = System.nanoTime();
      dark.spoil(new Effect.Blackout(Duration.ofMillis(200)));
      dark.out().write(new byte[] {1, 2, 3});
      peer.sendHex("0405");

      assertThat(dark.in().read()).isEqualTo(4);
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000);
      assertThat(peer.readHex(3)).isEqualTo("010203");
      assertThat(dark.in().read()).isEqualTo(5);
    }
  }

  @Test
  void theEndOfThePeerIsNotSeenInABlackoutEither() throws Exception {
    try (FaultyChannel dark = shaped(Shaping.NONE)) {
      peer.sendHex("04");
      assertThat(dark.in().read()).isEqualTo(4);
      CompletableFuture<Long> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  assertThat(dark.in().read()).isEqualTo(-1);
                  return System.nanoTime();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      Awaitility.await().until(() -> isReading());
      long start = System.nanoTime();
      dark.spoil(new Effect.Blackout(Duration.ofMillis(200)));
      peer.hangUp();

      assertThat(ended.get(30, TimeUnit.SECONDS) - start).isGreaterThanOrEqualTo(200_000_000);
    }
  }

  /** Tells whether a thread reads what the peer sends. */
  private static boolean isReading() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals("dev.midge.net.socket.PeerInput"));
  }

  @Test
  void whatWasWrittenIsCarriedBeforeTheEnd() throws Exception {
    Shaping slow = new Shaping(Duration.ofMillis(50), 1000, 1, Duration.ofMillis(1));
    FaultyChannel slowly = shaped(slow);
    slowly.spoil(new Effect.Slice(1, Duration.ofMillis(1)));
    slowly.out().write(new byte[50]);
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              try {
                slowly.inject(Effect.CLOSE);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    assertThat(peer.readHex(50)).isEqualTo("00".repeat(50));
    assertThat(peer.watch(20_000)).isEqualTo(Sight.FIN);
    peer.hangUp();
    closing.get(30, TimeUnit.SECONDS);
  }

  @Test
  void whatIsAwaitedOfThePeerIsItsEnd() throws Exception {
    CompletableFuture<Integer> reading = reading();
    channel.awaitPeer();
    assertThat(channel.over()).isNotDone();
    peer.hangUp();

    channel.over().get(30, TimeUnit.SECONDS);
    assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  /** The answer to the packet of the moment may come before the blackout behind it has begun. */
  @Test
  void whatComesInWaitsUntilItIsDecidedWhetherABlackoutBegins() throws Exception {
    try (FaultyChannel dark = shaped(Shaping.NONE)) {
      dark.undecided();
      dark.out().write(new byte[] {1});
      assertThat(peer.readHex(1)).isEqualTo("01");
      peer.sendHex("02");
      CompletableFuture<Integer> answer = reading(dark);
      Awaitility.await()
          .during(50, TimeUnit.MILLISECONDS)
          .untilAsserted(() -> assertThat(answer).isNotDone());

      long start = System.nanoTime();
      dark.spoil(new Effect.Blackout(Duration.ofMillis(300)));
      dark.decided();

      assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(2);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(299));
    }
  }
}
