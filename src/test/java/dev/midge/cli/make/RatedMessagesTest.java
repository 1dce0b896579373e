package dev.midge.cli.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.cli.UsageException;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.Ticker;
import dev.midge.mqtt.Message;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rate by a clock that goes on only when somebody waits, or when the test says so. */
class RatedMessagesTest {
  private static final long MILLIS = 1_000_000;

  private final Played clock = new Played();

  private static final class Played implements Ticker {
    private long now = Long.MAX_VALUE - 1_000 * MILLIS; // Nanoseconds may overflow.
    private long oversleeping;

    @Override
    public long now() {
      return now;
    }

    @Override
    public void sleepUntil(long due) {
      now = due + oversleeping;
    }
  }

  /** Gives messages, before each of which some time passes. */
  private final class Input implements MessageSource {
    private final Queue<Long> delays = new ArrayDeque<>();

    Input(long... millisBefore) {
      for (long millis : millisBefore) {
        delays.add(millis * MILLIS);
      }
    }

    @Override
    public Message next() {
      if (delays.isEmpty()) {
        return null;
      }
      clock.now += delays.remove();
      return Message.empty("t");
    }

    @Override
    public boolean isReady() {
      return !delays.isEmpty();
    }

    @Override
    public boolean isStream() {
      return false;
    }
  }

  /**
   * The times of all messages in milliseconds after the first, with time for the sending of each.
   */
  private List<Long> times(String rate, long sendingMillis, MessageSource input) throws Exception {
    RatedMessages rated = new RatedMessages(input, Rate.parse(rate), clock);
    List<Long> times = new ArrayList<>();
    long start = 0;
    while (rated.next() != null) {
      start = times.isEmpty() ? clock.now : start;
      times.add((clock.now - start) / MILLIS);
      clock.now += sendingMillis * MILLIS;
    }
    return times;
  }

  @Test
  void messagesComeEvenlyAndWhatSendingTakesDoesNotAddUp() throws Exception {
    assertThat(times("10", 0, new Input(0, 0, 0, 0))).containsExactly(0L, 100L, 200L, 300L);
    assertThat(times("10/s", 99, new Input(0, 0, 0, 0))).containsExactly(0L, 100L, 200L, 300L);
    assertThat(times("30/m", 5, new Input(0, 3, 3))).containsExactly(0L, 2000L, 4000L);
  }

  @Test
  void waitingTooLongDoesNotAddUp() throws Exception {
    clock.oversleeping = 20 * MILLIS;

    assertThat(times("10", 0, new Input(0, 0, 0, 0))).containsExactly(0L, 120L, 220L, 320L);
  }

  @Test
  void aThousandThirdsOfASecondDoNotDrift() throws Exception {
    long[] at_once = new long[3001];

    assertThat(times("3", 0, new Input(at_once))).endsWith(1000_000L);
  }

  @Test
  void whatIsALittleLateIsMadeUpFor() throws Exception {
    // The third is due at 200.
    assertThat(times("10", 0, new Input(0, 0, 170, 0, 0)))
        .containsExactly(0L, 100L, 270L, 300L, 400L);
    assertThat(times("1000", 0, new Input(0, 50, 0, 0, 0, 0)))
        .containsExactly(0L, 50L, 50L, 50L, 50L, 50L);
  }

  @Test
  void aLongPauseIsNotFollowedByAllThatDidNotComeMeanwhile() throws Exception {
    assertThat(times("10", 0, new Input(0, 0, 5000, 0, 0)))
        .containsExactly(0L, 100L, 5100L, 5200L, 5300L);
    assertThat(times("1000", 0, new Input(0, 200, 0, 0))).containsExactly(0L, 200L, 201L, 202L);
  }

  @Test
  void aSlowInputIsNotSlowedDown() throws Exception {
    assertThat(times("10", 0, new Input(0, 1000, 1000))).containsExactly(0L, 1000L, 2000L);
  }

  @Test
  void theEndOfTheInputIsNotWaitedFor() throws Exception {
    RatedMessages rated = new RatedMessages(new Input(0), Rate.parse("1/h"), clock);
    long start = clock.now;

    assertThat(rated.next()).isNotNull();
    assertThat(rated.next()).isNull();
    assertThat(clock.now).isEqualTo(start);
  }

  @Test
  void whatWasSentIsWrittenBeforeAPause() throws Exception {
    RatedMessages rated = new RatedMessages(new Input(0, 0, 0), Rate.parse("10"), clock);

    rated.next();
    assertThat(rated.isReady()).isFalse();
    clock.now += 150 * MILLIS;
    assertThat(rated.isReady()).isTrue();
    rated.next();
    assertThat(rated.isReady()).isFalse();
  }

  @Test
  void itIsAStreamWhateverItIsMadeOf() {
    assertThat(new RatedMessages(new Input(), Rate.parse("1"), clock).isStream()).isTrue();
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    RatedMessages rated = new RatedMessages(new Input(0, 0), Rate.parse("1/h"));
    rated.next();

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(rated::next).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10,100",
    "10/s,100",
    "0.5/s,2000",
    "0.5,2000",
    "30/m,2000",
    "6/h,600000",
    "0.001/h,3600000000",
    "1000000,0.001",
    "100000000/h,0.036"
  })
  void rates(String word, double millis) {
    assertThat(Rate.parse(word).interval()).isEqualTo(millis * MILLIS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "x",
        "10/",
        "/s",
        "10/d",
        "10 / s",
        "1e3",
        ".5",
        "1000001",
        "0.0001/h",
        "10s"
      })
  void noRates(String word) {
    assertThatThrownBy(() -> Rate.parse(word))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("Error: Invalid --rate '" + word + "': a rate is such as 10, ")
        .hasMessageEndingWith("at most 1000000/s.");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "100,100",
    "10k,10240",
    "10K,10240",
    "10KB,10240",
    "10KiB,10240",
    "1M,1048576",
    "255MiB,267386880",
    "268435455,268435455",
    "268435455B,268435455"
  })
  void sizes(String word, int bytes) {
    assertThat(ByteSize.parse(word)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "x", "k", "1G", "1.5k", "256M", "268435456", "9999999999", "1 k"})
  void noSizes(String word) {
    assertThatThrownBy(() -> ByteSize.parse(word))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("Error: --size takes ")
        .hasMessageEndingWith("not '" + word + "'.");
  }
}
