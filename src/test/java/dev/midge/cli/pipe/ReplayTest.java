package dev.midge.cli.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midge.client.source.Ticker;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Recordings that are played by a clock of the test's own. */
class ReplayTest {
  private static final long MILLI = 1_000_000;
  private static final Overrides KEEP = new Overrides(null, null, false, Properties.NONE, true);

  /** A clock that goes while somebody sleeps, and wakes sleepers late. */
  private static final class Late implements Ticker {
    private long now = -5; // Any beginning; System.nanoTime may be negative too.
    private long lateness;

    @Override
    public long now() {
      return now;
    }

    @Override
    public void sleepUntil(long due) {
      assertThat(due).as("no sleep where there is nothing to wait for").isGreaterThan(now);
      now = due + lateness;
    }
  }

  private final Late clock = new Late();

  @Test
  void eachMessageIsSentWhenItIsDueAndNeverBeforeThoughEverySleepIsTooLong() throws IOException {
    Random random = new Random(3);
    StringBuilder recording = new StringBuilder();
    List<Long> recorded = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < 500; i++) {
      recorded.add(at);
      recording.append(record(i, time(at)));
      at += random.nextInt(400);
    }
    clock.lateness = 3 * MILLI;
    PipedMessages messages = play(recording, 10);
    long begin = clock.now;
    for (int i = 0; i < 500; i++) {
      assertThat(text(messages)).isEqualTo(String.valueOf(i));
      long due = begin + recorded.get(i) * MILLI / 10;
      // No drift: a message is late by its own sleep alone.
      assertThat(clock.now).isBetween(due, due + clock.lateness);
    }
    assertThat(messages.next()).isNull();
  }

  @Test
  void aSlowerSpeedTakesLonger() throws IOException {
    PipedMessages messages = play(record(1, time(0)) + record(2, time(100)), 0.5);
    text(messages);
    long begin = clock.now;
    text(messages);

    assertThat(clock.now - begin).isEqualTo(200 * MILLI);
  }

  @Test
  void messagesWithoutATimeOrFromThePastAreSentAtOnce() throws IOException {
    PipedMessages messages =
        play(
            record(1, "")
                + record(2, time(1000))
                + record(3, "")
                + record(4, time(900))
                + record(5, time(1500)),
            1);
    long begin = clock.now;
    for (int i = 1; i <= 4; i++) {
      assertThat(text(messages)).isEqualTo(String.valueOf(i));
    }
    assertThat(clock.now).isEqualTo(begin);
    text(messages);
    assertThat(clock.now - begin).isEqualTo(500 * MILLI);
  }

  @Test
  void nothingIsReadyBeforeItIsDueSoThatWhatWasSentIsNotHeldBack() throws IOException {
    PipedMessages messages = play(record(1, time(0)) + record(2, time(0)) + record(3, time(10)), 1);
    assertThat(messages.isReady()).as("before anything is read").isFalse();
    text(messages);
    assertThat(messages.isReady()).isTrue();
    text(messages);
    assertThat(messages.isReady()).as("not due").isFalse();
    clock.now += 10 * MILLI;
    assertThat(messages.isReady()).isTrue();
    assertThat(text(messages)).isEqualTo("3");
  }

  @Test
  void nothingIsReadyWhereTheRestIsPassedOverOrIsNoMessage() throws IOException {
    String recording =
        record(1, "") + "{\"event\":\"x\"}" + record(2, "") + "{\"event\":\"y\"}\n{}";
    PipedMessages messages = play(recording, 1);

    assertThat(text(messages)).isEqualTo("1");
    assertThat(messages.isReady()).isTrue();
    assertThat(text(messages)).isEqualTo("2");
    assertThat(messages.isReady()).as("no message").isFalse();
    assertThatThrownBy(messages::next)
        .isInstanceOf(IOException.class)
        .hasMessage("Line 2 of x is no message: it has no \"topic\".");
  }

  @Test
  void aRecordingOfCenturiesDoesNotOverflow() throws IOException {
    PipedMessages messages =
        play(
            record(1, "\"time\":\"0001-01-01T00:00:00Z\",")
                + record(2, "\"time\":\"9999-01-01T00:00:00Z\","),
            0.001);
    text(messages);
    long begin = clock.now;
    text(messages);

    assertThat(clock.now).isGreaterThan(begin);
  }

  private PipedMessages play(CharSequence recording, double speed) {
    Parts parts =
        new JsonObjects(new ByteArrayInputStream(recording.toString().getBytes(UTF_8)), "x");
    Editor editor = new Editor(List.of(), List.of(), KEEP, line -> {});
    RecordReader reader = new RecordReader(true, line -> {});
    return new PipedMessages(parts, reader, editor, new Replay(speed, clock));
  }

  private static String record(int number, String time) {
    return "{" + time + "\"topic\":\"a\",\"payload\":\"" + number + "\"}";
  }

  private static String time(long millis) {
    return "\"time\":\"2026-11-29T07:%02d:%02d.%03dZ\","
        .formatted(millis / 60_000, millis / 1000 % 60, millis % 1000);
  }

  private static String text(PipedMessages messages) throws IOException {
    Message message = messages.next();
    return new String(message.payload(), UTF_8);
  }
}
