package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.command.Commands;
import dev.midge.testing.Program;
import dev.midge.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What bash, zsh and fish offer. Each test asks the real shell. */
class CompletionsIT {
  /** A line, and what may follow it. */
  private static final Map<String, List<String>> WORDS =
      Map.ofEntries(
          Map.entry(
              "midge help ",
              Stream.concat(Commands.NAMES.stream(), HelpTopic.words().stream()).toList()),
          Map.entry("midge help p", List.of("pub", "passwd", "proxy", "properties")),
          Map.entry("midge help f", List.of("faults", "formats")),
          Map.entry("midge version --a", List.of("--all")),
          Map.entry(
              "midge pub --wi",
              List.of("--will-payload", "--will-qos", "--will-retain", "--will-topic")),
          Map.entry("midge pub -V ", List.of("5", "311", "31")),
          Map.entry("midge sub -q ", List.of("0", "1", "2")),
          Map.entry("midge rr --will-qos ", List.of("0", "1", "2")),
          Map.entry("midge lwt --tls-version ", List.of("tlsv1.2", "tlsv1.3")),
          Map.entry("midge sub --retain-handling ", List.of("always", "new", "never")),
          Map.entry(
              "midge conn --fault wi",
              List.of(
                  "will",
                  "will@end",
                  "will@connected",
                  "will@connack",
                  "will@subscribed",
                  "will@after:",
                  "will@every:",
                  "will@bytes:",
                  "will@eof",
                  "will@publish:",
                  "will@publish-in:",
                  "will@topic:",
                  "will@random:")),
          Map.entry("midge conn --fault thr", List.of("throttle:")),
          Map.entry("midge proxy --to un", List.of("unix:")),
          Map.entry("midge conn --then re", List.of("reconnect", "reconnect:")),
          Map.entry("midge pub -D ", List.of("connect", "publish", "will", "disconnect")),
          Map.entry("midge pub -D will will", List.of("will-delay-interval")),
          Map.entry(
              "midge sub -t a -D subscribe ", List.of("subscription-identifier", "user-property")),
          Map.entry("midge pub -D publish payload-format-indicator ", List.of("0", "1")),
          Map.entry("midge pub -D publish content-type text/plain --no-t", List.of("--no-tls")),
          Map.entry("midge pub -t ", List.of()),
          Map.entry("midge ctl cl", List.of("clients", "client", "clear")),
          Map.entry("midge ctl -p 1883 ki", List.of("kick")),
          Map.entry("midge context ", List.of("add", "ls", "use", "edit", "rm", "show")),
          Map.entry("midge nonsense ", List.of()),
          Map.entry("midge help pub ", List.of()));

  @ParameterizedTest
  @EnumSource
  void offersTheWordsThatFit(Shell shell) {
    WORDS.forEach(
        (line, words) ->
            assertThat(shell.matches(line)).as(line).containsExactlyInAnyOrderElementsOf(words));
    assertThat(shell.matches("midge ")).containsAll(Commands.NAMES).doesNotContain("-t", "--topic");
  }

  @ParameterizedTest
  @EnumSource
  void offersEveryOptionOfEveryCommand(Shell shell) {
    GenerateDocsTest.commands()
        .forEach(
            (word, spec) -> {
              List<String> names = new ArrayList<>(Completions.names(spec));
              names.removeIf(name -> !name.startsWith("--"));
              assertThat(shell.matches("midge " + word + " --"))
                  .as(word)
                  .containsExactlyInAnyOrderElementsOf(names);
            });
  }

  @ParameterizedTest
  @EnumSource
  void offersFilesWhereFilesAreMeantAndDirectoriesWhereTheseAre(
      Shell shell, @TempDir Path directory) throws IOException {
    Files.createFile(directory.resolve("name-of-a-file"));
    Files.createDirectory(directory.resolve("name-of-a-directory"));
    for (String option : List.of("pub -f", "sub -o", "lwt --cafile", "broker -c")) {
      assertThat(shell.matches("midge " + option + " " + directory + "/name"))
          .as(option)
          .hasSize(2)
          .anyMatch(word -> word.endsWith("name-of-a-file"));
    }
    assertThat(shell.matches("midge pub --capath " + directory + "/name"))
        .singleElement()
        .asString()
        .contains("name-of-a-directory");
    assertThat(shell.matches("midge pub -m " + directory + "/name")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void offersTheNamesOfTheContextsOfTheUser(Shell shell, @TempDir Path directory)
      throws IOException {
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", directory.toString());
    assertThat(shell.matches("midge context use ", environment)).isEmpty();
    Files.createDirectory(directory.resolve("midge"));
    Files.writeString(
        directory.resolve("midge/contexts"), "# [no]\nuse prod\n\n[prod]\n-h p\n\n[lab]\n-h l\n");

    for (String line : List.of("pub --context ", "context use ", "context rm ", "context show ")) {
      assertThat(shell.matches("midge " + line, environment))
          .as(line)
          .containsExactlyInAnyOrder("prod", "lab");
    }
    assertThat(shell.matches("midge sub --context l", environment)).containsExactly("lab");
    assertThat(shell.matches("midge context add ", environment)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void startsNoJvm(Shell shell, @TempDir Path directory) throws IOException {
    for (String program : List.of("java", "midge")) {
      Path script = directory.resolve(program);
      Files.writeString(script, "#!/bin/sh\ntouch " + directory + "/started\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    String path = directory + ":" + System.getenv("PATH");

    for (String line : List.of("midge ", "midge help ", "midge pub -", "midge pub --fault ")) {
      assertThat(shell.matches(line, path)).as(line).isNotEmpty();
    }

    assertThat(directory.resolve("started")).doesNotExist();
    Program.start(Map.of("PATH", path), "sh", "-c", "midge").await();
    assertThat(directory.resolve("started")).as("it would be seen").exists();
  }

  @ParameterizedTest
  @EnumSource
  void leavesMosquittosNamesAlone(Shell shell) {
    assertThat(shell.matches("mosquitto_pub --wi")).isEmpty();
  }
}
