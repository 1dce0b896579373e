package dev.midge.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.ExitCode;
import dev.midge.cli.command.Commands;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import dev.midge.testing.SocksServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each row of the table of exit statuses is exercised, here or in the tests that it names. */
class ExitStatusesTest {
  private static final Path TESTS_DIRECTORY = Path.of("src/test/java/dev/midge");
  private static final String HERE = "cli/help/ExitStatusesTest";

  /** The tests of each status; a directory holds those of one feature. */
  private static final Map<String, List<String>> TESTS =
      Map.ofEntries(
          Map.entry("0", List.of("it/PipelinesIT", "behaviour/LwtTest", "it/SignalsIT")),
          Map.entry("1", List.of("cli/failure/FailureExplanationTest", "cli/broker/PasswdTest")),
          Map.entry("2", List.of("cli/command/WrongAnswersTest", "control/CtlTest")),
          Map.entry("3", List.of("cli/broker/BrokerByOptionsTest", "cli/broker/BrokerByFileTest")),
          Map.entry("4", List.of("cli/command/DenialsTest")),
          Map.entry("5", List.of("cli/failure/FailureExplanationIT")),
          Map.entry("7", List.of("cli/proxy/ProxyCommandTest", "behaviour/LwtOnYourBrokerTest")),
          Map.entry("11", List.of(HERE)),
          Map.entry("13", List.of(HERE)),
          Map.entry("16", List.of(HERE)),
          Map.entry(
              "19", List.of("cli/command/DeafBrokerTest", "cli/command/LwtAtSilentBrokerTest")),
          Map.entry("21", List.of(HERE)),
          Map.entry("24", List.of(HERE)),
          Map.entry("25", List.of("behaviour/TooLargeTest")),
          Map.entry("27", List.of("behaviour/PublishAndSubscribeTest")),
          Map.entry("50", List.of("cli/command/DenialsTest")),
          Map.entry("51", List.of("cli/expect")),
          Map.entry("52", List.of("cli/exec")),
          Map.entry("53", List.of("cli/view")),
          Map.entry("128", List.of("cli/failure/FailureExplanationTest")),
          Map.entry("130", List.of("it/SignalsIT", "behaviour/LwtOnYourBrokerTest")),
          Map.entry("135", List.of("behaviour/LwtOnOddBrokersTest", HERE)),
          Map.entry("137", List.of("it/SignalsIT")),
          Map.entry("143", List.of("it/SignalsIT")),
          Map.entry("255", List.of("behaviour/LastWillTest")));

  private static final List<String> STATUSES = TESTS.keySet().stream().sorted().toList();

  @Test
  void theTestsAreThoseOfAllStatusesInTheTable() {
    Set<String> numbers = new TreeSet<>();
    for (ExitStatuses.Row row : ExitStatuses.rows()) {
      for (String part : row.status().split(", ")) {
        numbers.add(part.equals("1-5") ? "5" : part.replace("+", ""));
      }
    }
    numbers.remove("other"); // those of midge conn

    assertThat(TESTS.keySet()).containsExactlyInAnyOrderElementsOf(numbers);
  }

  @ParameterizedTest
  @FieldSource("STATUSES")
  void aTestNamesTheStatus(String status) throws IOException {
    Pattern number = Pattern.compile("(?<![\\w.])" + status + "(?![\\w.])");
    Pattern code = Pattern.compile("status\\(\\)|status\\b|says\\(", Pattern.CASE_INSENSITIVE);
    for (String test : TESTS.get(status)) {
      String sources = sources(TESTS_DIRECTORY.resolve(test));
      assertThat(sources).as(test).containsPattern(code);
      if (!status.equals("0")) { // isZero() has no number
        assertThat(sources).as(test).containsPattern(number);
      }
    }
  }

  private static String sources(Path test) throws IOException {
    Path file = Path.of(test + ".java");
    if (Files.exists(file)) {
      return Files.readString(file);
    }
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(test)) {
      for (Path each : files.toList()) {
        all.append(Files.readString(each));
      }
    }
    return all.toString();
  }

  @Test
  void theTableHasEachConstantAndEachCommand() throws IllegalAccessException {
    List<Integer> constants = new ArrayList<>();
    for (Field field : ExitCode.class.getFields()) {
      constants.add(field.getInt(null));
    }
    assertThat(TESTS.keySet()).containsAll(constants.stream().map(String::valueOf).toList());
    for (String word : Commands.NAMES) {
      assertThat(ExitStatuses.of(word)).as(word).containsKeys("0", "1");
    }
    assertThat(ExitStatuses.rows())
        .flatExtracting(ExitStatuses.Row::commands)
        .isSubsetOf(Commands.NAMES);
  }

  @Test
  void anOptionInAMeaningIsOneOfTheCommand() {
    Pattern option = Pattern.compile("--[a-z-]+[a-z]");
    for (ExitStatuses.Row row : ExitStatuses.rows()) {
      for (String word : row.commands()) {
        option
            .matcher(row.meaning())
            .results()
            .forEach(
                found ->
                    assertThat(GenerateDocsTest.tables().get(word).find(found.group()))
                        .as(word + " " + found.group())
                        .isNotNull());
      }
    }
  }

  @Test
  void whoIsNotLetInByTheProxyEndsWith11AndWhoIsRefusedWith16() throws Exception {
    try (FreePort dead = FreePort.take();
        SocksServer proxy = SocksServer.to(dead.number()).choosing(2).judging(1).start();
        SocksServer refusing = SocksServer.to(dead.number()).replying(1).start()) {
      assertThat(
              MidgeRun.run(
                      "pub", "-t", "a", "-n", "--proxy", "socks5h://u:p@localhost:" + proxy.port())
                  .status())
          .isEqualTo(11);
      assertThat(
              MidgeRun.run(
                      "pub", "-t", "a", "-n", "--proxy", "socks5h://localhost:" + refusing.port())
                  .status())
          .isEqualTo(16);
    }
  }

  @Test
  void whereNoWebSocketIsSpokenTheStatusIs13() throws Exception {
    try (ScriptedBroker server = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.start("pub", "-t", "a", "-n", "--ws", "-p", server.port());
      server.accept();
      server.sendHex("485454502f312e3120343034204e6f7420466f756e640d0a0d0a"); // HTTP/1.1 404

      assertThat(run.await().status()).as(run.errText()).isEqualTo(13);
    }
  }

  @Test
  void aMalformedPacketIsStatus21AndARefusal135() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.start("sub", "-t", "a", "-p", broker.port());
      broker.welcome();
      broker.sendHex("30ffffffffff"); // a length of more than four bytes
      assertThat(run.await().status()).as(run.errText()).isEqualTo(21);

      MidgeRun refused = MidgeRun.start("sub", "-t", "a", "-p", broker.port());
      broker.accept().read(PacketType.CONNECT);
      broker.sendHex("2003008700"); // CONNACK 0x87
      assertThat(refused.await().status()).as(refused.errText()).isEqualTo(135);
    }
  }

  @Test
  void aQosThatTheBrokerDoesNotHaveIsStatus24OfRr() throws Exception {
    try (ScriptedBroker broker = new ScriptedBroker()) {
      MidgeRun run = MidgeRun.start("rr", "-t", "a", "-e", "b", "-n", "-q", 2, "-p", broker.port());
      broker.welcome(Properties.of(Property.MAXIMUM_QOS, 1));
      Subscribe subscribe = (Subscribe) broker.read(PacketType.SUBSCRIBE);
      broker.send(new Suback(subscribe.packetId(), List.of(1), Properties.NONE));

      assertThat(run.await().status()).as(run.errText()).isEqualTo(24);
    }
  }
}
