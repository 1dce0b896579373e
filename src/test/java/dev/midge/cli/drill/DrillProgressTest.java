package dev.midge.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.BrokerEvent;
import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.Terminal;
import dev.midge.lwt.report.Columns;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.lwt.row.Verdict;
import dev.midge.mqtt.ProtocolVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The story that a person sees while the drill runs. */
class DrillProgressTest {
  private static final Row FREEZE = row("freeze", "silence with an open socket");
  private static final Row RESET = row("reset", "TCP RST");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static Row row(String id, String ending) {
    return new Row(
        id,
        "3.1.2-8",
        "A rule.",
        ending,
        "will",
        EnumSet.allOf(ProtocolVersion.class),
        Set.of(),
        false,
        null);
  }

  private DrillProgress story(int width, boolean progress, Terminal.Colours colours) {
    ProcessContext nobody =
        new ProcessContext(null, null, null, null, Map.of(), false, false, null, null);
    return new DrillProgress(
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Terminal.ofErr(nobody, colours),
        width,
        progress);
  }

  private static RowResult result(Row row, Verdict verdict, String seen, int millis) {
    Duration after = Duration.ofMillis(millis);
    return new RowResult(row, verdict, seen, after, after, after, null, null, null, List.of());
  }

  private static BrokerEvent event(Kind kind, String text) {
    return new BrokerEvent(Instant.EPOCH, Level.NOTICE, kind, text);
  }

  private String written() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The lines as the terminal shows them: what a carriage return overwrites is gone. */
  private List<String> screen() {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int column = 0;
    for (char c : written().toCharArray()) {
      if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        column = 0;
      } else {
        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
        column++;
      }
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  private static void play(DrillProgress story) {
    story.row(1, 2, FREEZE);
    story.client(FREEZE, "CONNECT, keep alive 2");
    story.waiting(FREEZE, "3 s of silence");
    story.row(2, 2, RESET);
    story.client(RESET, "CONNECT, TCP RST");
    story.broker(event(Kind.ABRUPT_END, "Client reset-v [127.0.0.1:5555] disconnected: bad."));
    story.received(RESET, "watcher", "reset/status \"offline\"");
    story.judged(result(RESET, Verdict.OK, "\"offline\"", 4));
    story.received(FREEZE, "watcher", "freeze/status \"offline\"");
  }

  @Test
  void eachRowHasATitleAndWhatWaitsIsToldLaterWithItsId() {
    DrillProgress story = story(80, true, Terminal.Colours.NEVER);

    play(story);
    assertThat(screen())
        .containsExactly(
            "[1/2] freeze (silence with an open socket)",
            "  client   CONNECT, keep alive 2",
            "  waits    3 s of silence",
            "[2/2] reset (TCP RST)",
            "  client   CONNECT, TCP RST",
            "  broker   Client reset-v disconnected: bad.",
            "  watcher  reset/status \"offline\"",
            "  ok       \"offline\"",
            "  watcher  freeze: freeze/status \"offline\"",
            "waiting: freeze (1 of 2 judged)");

    story.judged(result(FREEZE, Verdict.FAILED, "nothing", 4));
    story.end();
    assertThat(screen()).endsWith("  failed   freeze: nothing", "");
    assertThat(written()).doesNotContain("\033");
  }

  @Test
  void aTerminalThatCannotRewriteALineHasNone() {
    DrillProgress story = story(80, false, Terminal.Colours.NEVER);

    play(story);
    story.end();

    assertThat(written()).doesNotContain("\r", "waiting: ").contains("  waits    3 s of silence\n");
  }

  @Test
  void theColoursAreOutsideOfTheWords() {
    DrillProgress story = story(80, true, Terminal.Colours.ALWAYS);

    play(story);
    story.end();

    assertThat(written()).contains("  \033[32mok\033[m       \"offline\"\n");
  }

  @Test
  void noLineIsWiderThanTheTerminalAndTheProgressIsNarrower() {
    for (int width = 20; width <= 100; width++) {
      err.reset();
      DrillProgress story = story(width, true, Terminal.Colours.NEVER);
      play(story);
      for (int i = 0; i < 30; i++) {
        story.waiting(row("a-row-that-waits-" + i, ""), "日本語".repeat(30));
      }
      story.broker(event(Kind.CONNECTED, "日本語".repeat(40)));
      for (String line : written().split("[\r\n]+")) {
        assertThat(Columns.width(line)).as("%d: %s", width, line).isLessThanOrEqualTo(width);
      }
      for (String line : written().lines().toList()) {
        int progress = line.lastIndexOf("\rwaiting");
        assertThat(Columns.width(line.substring(progress + 1)))
            .as("%d: %s", width, line)
            .isLessThanOrEqualTo(width);
      }
    }
  }

  @Test
  void manyLinesOfTheBrokerAreCounted() {
    DrillProgress story = story(80, true, Terminal.Colours.NEVER);

    story.row(1, 2, RESET);
    for (int i = 0; i < 400; i++) {
      story.broker(event(Kind.CONNECTED, "New client connected from 127.0.0.1 as c" + i + "."));
    }
    story.row(2, 2, FREEZE);
    story.end();

    assertThat(screen().stream().filter(line -> line.startsWith("  broker "))).hasSize(13);
    assertThat(screen()).contains("  broker   (388 more lines)");
  }

  @Test
  void theBrokerTellsOfWillsThatAreThrownAway() {
    DrillProgress story = story(80, true, Terminal.Colours.NEVER);

    story.broker(event(Kind.WILL, "Will of s1 discarded: client said DISCONNECT"));
    story.broker(event(Kind.WILL, "Will message specified (7 bytes) (r0, q0).\n\tclean/status"));
    story.broker(event(Kind.WILL, "No will message specified."));
    story.broker(event(Kind.PACKET_OUT, "Sending PINGRESP to s1"));
    story.broker(event(Kind.CONNECTED, "New connection from 127.0.0.1:5 on port 6."));
    story.broker(event(Kind.CONNECTED, "New client connected from 127.0.0.1:5 as s1 (p5)."));

    assertThat(screen())
        .containsExactly(
            "  broker   Will of s1 discarded: client said DISCONNECT",
            "  broker   Will message specified (7 bytes) (r0, q0). clean/status",
            "  broker   New client connected as s1 (p5).",
            "");
  }

  @Test
  void whatABrokerSaysIsText() {
    DrillProgress story = story(80, true, Terminal.Colours.NEVER);

    story.row(1, 1, RESET);
    story.received(RESET, "watcher", "\033[2J\u202e\r\n\u009b");
    story.judged(result(RESET, Verdict.FAILED, "\033[2J\u202e\r\n\u009b", 1));
    story.end();

    assertThat(screen())
        .contains(
            "  watcher  \\x1b[2J\\u202e\\r\\n\\u009b", "  failed   \\x1b[2J\\u202e\\r\\n\\u009b");
    assertThat(written()).doesNotContain("\033", "\u202e", "\u009b");
  }

  @Test
  void madeUpIdsAreShort() {
    assertThat(ShortClientIds.in("midge-lwt-1a2b3c4d-reset-victim to 'midge-lwt-1a2b3c4d/reset/x'"))
        .isEqualTo("reset-victim to 'reset/x'");
    assertThat(ShortClientIds.in("as auto-0F8C3A51-7C8B-6E29-1F1A-29E8A56A5B4C (p5"))
        .isEqualTo("as auto-0F8C… (p5");
    assertThat(ShortClientIds.in("as mosq-0123456789abcdefgh (p4")).isEqualTo("as mosq-0123… (p4");
    assertThat(ShortClientIds.in("as automatic, mosq-one")).isEqualTo("as automatic, mosq-one");
  }
}
