package dev.midge.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.BrokerEvent;
import dev.midge.broker.BrokerEvent.Kind;
import dev.midge.broker.BrokerEvent.Level;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.BrokerLog.Reader;
import dev.midge.testing.MidgeRun;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person gets the time of day and short names, a script mosquitto's lines to the byte. */
class BrokerLogTest {
  private static final Instant AT =
      LocalDateTime.of(2026, 3, 4, 5, 6, 7).atZone(ZoneId.systemDefault()).toInstant();
  private static final String MADE_UP = "auto-1a2b3c4d-0000-1111-2222-333344445555";

  private static String line(Reader reader, String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ProcessContext pipe =
        new ProcessContext(null, null, null, err, Map.of(), false, false, null, null);
    new BrokerLog(err, Terminal.ofErr(pipe), reader)
        .event(new BrokerEvent(AT, Level.NOTICE, Kind.OTHER, text));
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void aPersonReadsTheTimeOfDayAndShortNames() {
    assertThat(line(Reader.PERSON, "Client " + MADE_UP + " [I:P] disconnected."))
        .isEqualTo("05:06:07 Client auto-1a2b… [I:P] disconnected.");
    assertThat(line(Reader.PERSON, "\tauto-x (QoS 0)")).isEqualTo("05:06:07 \tauto-x (QoS 0)");
    assertThat(line(Reader.PERSON, "Client x" + MADE_UP + "y")).contains(MADE_UP);
  }

  @Test
  void aScriptReadsMosquittosLines() {
    assertThat(line(Reader.SCRIPT, "Client " + MADE_UP + " [I:P] disconnected."))
        .isEqualTo(AT.getEpochSecond() + ": Client " + MADE_UP + " [I:P] disconnected.");
  }

  private static String log(MidgeRun broker) {
    String port = broker.awaitOut("\n").outText().strip();
    MidgeRun pub = MidgeRun.run("pub", "-p", port, "-t", "a", "-m", "x");
    assertThat(pub.status()).as(pub.errText()).isZero();
    return broker.awaitErr("DISCONNECT").stop().errText().replaceAll("\033\\[[0-9;]*m", "");
  }

  @Test
  void onATerminalMidgeWritesForPersons() {
    assertThat(log(MidgeRun.startOnTerminal(null, "broker", "-p", "0", "-v")).lines())
        .allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d .*"))
        .anyMatch(line -> line.matches(".* Received DISCONNECT from auto-[0-9a-f]{4}…"));
  }

  @Test
  void inAPipeAndUnderMosquittosNameTheFormIsMosquittos() {
    for (MidgeRun broker :
        new MidgeRun[] {
          MidgeRun.start("broker", "-p", "0", "-v"),
          MidgeRun.start("broker", "-p", "0", "-v", "--color", "always"),
        }) {
      assertThat(log(broker).lines())
          .allMatch(line -> line.matches("\\d{9,}: .*"))
          .anyMatch(line -> line.matches(".* Received DISCONNECT from auto-[0-9a-f-]{36}"));
    }
  }
}
