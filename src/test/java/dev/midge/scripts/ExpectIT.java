package dev.midge.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.testing.FreePort;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waiting for messages as a script does it. */
class ExpectIT {
  private static final Pattern SCRIPT = Pattern.compile("(?s)```sh\\n(.*?)```");

  @TempDir private Path directory;

  private Program script(int port, String lines) {
    String path = Program.launcher().getParent() + ":" + System.getenv("PATH");
    return Program.start(
            Map.of("PATH", path),
            "sh",
            "-c",
            "cd '" + directory + "'\n" + lines.replace("1883", String.valueOf(port)))
        .await();
  }

  @Test
  void theCommandsOfTheDocumentDoWhatItSays() throws Exception {
    String document = Files.readString(Path.of("docs/pipelines.md"));
    String section = document.substring(document.indexOf("## Wait for a message"));
    int next = section.indexOf("\n## ", 1);
    List<String> scripts =
        SCRIPT
            .matcher(next < 0 ? section : section.substring(0, next))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(scripts).hasSize(4);
    try (Mosquitto mosquitto = Mosquitto.start()) {
      List<String> printed =
          scripts.stream()
              .map(
                  each -> {
                    Program run = script(mosquitto.port(), each);
                    assertThat(run.status()).as(each + run.errText()).isZero();
                    assertThat(run.errText()).as(each).isEmpty();
                    return run.outText();
                  })
              .toList();

      assertThat(printed)
          .containsExactly("{\"state\":\"on\"}\n", "no errors\n", "config/a 1\n1\n", "");
    }
  }

  @Test
  void aScriptTellsByTheStatusWhatHasCome() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Program run =
          script(
              broker.port(),
              """
              sub() { midge sub -p 1883 -t 'r/#' --within 3s "$@"; echo "status $?"; }
              sub --expect on
              midge pub -p 1883 -t r/1 -m off -r
              sub --expect '^on'
              sub --expect off
              sub --expect off --none
              sub --expect on --none
              sub --expect '$.temp >'
              """);

      assertThat(run.outText())
          .isEqualTo("status 27\nstatus 51\noff\nstatus 0\noff\nstatus 51\nstatus 0\nstatus 1\n");
      assertThat(run.errText())
          .startsWith(
              """
              Error: No message came within 3 s; expected: 'on'.
              Error: No message matched '^on' within 3 s; 1 came instead: r/1 "off".
              Error: A message came that matches 'off', which --none forbids: r/1 "off".
              Error: --expect '$.temp >': > needs a value of JSON""");
    }
  }

  @Test
  void aPipeTellsThatMessagesCanCome() throws Exception {
    try (Broker broker = Broker.start(BrokerConfig.onFreePort())) {
      Program run =
          script(
              broker.port(),
              """
              mkfifo ready
              midge sub -p 1883 -t a --expect x --within 30s --ready-fd 4 4>ready >out & sub=$!
              read -r pid <ready
              midge pub -p 1883 -t a -m x
              wait $sub && cat out
              [ "$pid" = "$sub" ] && echo same
              midge sub -p 1883 -t a -W 1 --ready-fd 4; echo "closed $?"
              midge sub -p 1883 -t a -W 1 --ready-fd 4 4<out; echo "read only $?"
              """);

      assertThat(run.outText()).isEqualTo("x\nsame\nclosed 1\nread only 1\n");
      assertThat(run.errText())
          .contains(
              "Error: --ready-fd 4: descriptor 4 is not open for writing; the shell opens it by 4>ready.");
    }
  }

  @Test
  void whoWaitsForABrokerPublishesWhenItComes() throws Exception {
    try (FreePort port = FreePort.take()) {
      Program run =
          script(
              port.number(),
              """
              midge pub -p 1883 -t a -m x -q 1 -r --retry forever --retry-delay 100ms 2>pub & pub=$!
              until grep -q 'trying again every 100 ms' pub; do sleep 0.1; done
              midge broker -p 1883 2>log & broker=$!
              wait $pub && midge sub -p 1883 -t a --retained --retry 3
              kill $broker; wait $broker
              midge pub -p 1883 -t a -m x --retry 2 --retry-delay 10ms 2>pub; echo "status $?"
              tail -1 pub
              """);

      assertThat(run.outText()).isEqualTo("x\nstatus 1\nIt was tried again 2 times.\n");
    }
  }
}
