package dev.midge.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Needs;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which context counts, what is stronger and what is weaker, seen by the broker. */
class ContextLayerTest {
  @TempDir private Path directory;
  private Home home;
  private ScriptedBroker broker;
  private FreePort elsewhere;

  @BeforeEach
  void enter() throws IOException {
    home = new Home(directory);
    broker = new ScriptedBroker();
    elsewhere = FreePort.take();
    home.contexts(
        """
        [here]
        -h localhost
        -p %d
        -i context
        -k 30
        -u me
        [away]
        -h localhost
        -p %d
        -k 40
        """
            .formatted(broker.port(), elsewhere.number()));
  }

  @AfterEach
  void leave() throws IOException {
    broker.close();
    elsewhere.close();
  }

  private void chosen(String name) throws IOException {
    home.contexts("use " + name + "\n" + home.contexts());
  }

  private Connect connect(String line, Object... more) throws Exception {
    return home.connect(broker, line, more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pub -t a -n", "sub -t a", "rr -t a -e b -n", "conn"})
  void everyClientTakesTheContextThatItIsTold(String line) throws Exception {
    Connect connect = connect(line + " --context here");

    assertThat(connect.clientId()).isEqualTo("context");
    assertThat(connect.keepAlive()).isEqualTo(30);
    assertThat(connect.username()).isEqualTo("me");
  }

  @Test
  void soDoesTheDrill() {
    assertThat(home.run("lwt --context away --only reset").errText())
        .startsWith("Error: Connection refused: localhost:" + elsewhere.number());
  }

  @Test
  void theDrillLeavesTheDefaultAlone() throws IOException {
    chosen("away");

    MidgeRun run = home.run("lwt --only reset");

    assertThat(run.status()).as(run.errText()).isZero();
    home.environment.put("MIDGE_CONTEXT", "away");
    assertThat(home.run("lwt --only reset").errText()).startsWith("Error: Connection refused");
  }

  @Test
  void theDrillAgainstSeveralBrokersHasNoContext() {
    assertThat(home.run("lwt --context here --against mqtt://localhost:1").errText())
        .startsWith("Error: --against and -h, -p, --unix, --ws or --context");
  }

  @Test
  void theLineIsStrongerThanTheVariableAndThatThanTheDefault() throws Exception {
    chosen("away");
    assertThat(connect("pub -t a -n --context=here").keepAlive()).isEqualTo(30);

    home.environment.put("MIDGE_CONTEXT", "here");
    assertThat(connect("pub -t a -n").keepAlive()).isEqualTo(30);

    home.environment.put("MIDGE_CONTEXT", "nowhere");
    assertThat(connect("pub -t a -n --context here").keepAlive()).isEqualTo(30);

    home.environment.put("MIDGE_CONTEXT", "");
    assertThat(home.run("pub -t a -n").errText())
        .startsWith("Error: Connection refused: localhost:" + elsewhere.number());
  }

  @Test
  void theDefaultCountsWhereNothingElseNamesABroker() throws Exception {
    chosen("here");
    assertThat(connect("pub -t a -n").username()).isEqualTo("me");

    String refused = "Error: Connection refused: localhost:" + elsewhere.number();
    assertThat(home.run("pub -t a -n -p " + elsewhere.number()).errText()).startsWith(refused);
    Path options = Files.writeString(directory.resolve("o"), "-p " + elsewhere.number() + "\n");
    assertThat(home.run("pub -t a -n -o " + options).errText()).startsWith(refused);
    home.environment.put("MIDGE_PORT", String.valueOf(elsewhere.number()));
    assertThat(home.run("pub -t a -n").errText()).startsWith(refused);
  }

  @Test
  void aBrokerOnTheLinePutsTheDefaultAndTheVariableAsideAsAWhole() throws Exception {
    chosen("away");
    home.environment.put("MIDGE_CONTEXT", "away");

    Connect connect = connect("pub -t a -n -L mqtt://localhost:" + broker.port() + "/a");

    assertThat(connect.keepAlive()).isEqualTo(60);
    assertThat(connect.username()).isNull();
  }

  @Test
  void anEmptyNameIsNoContext() throws Exception {
    chosen("away");
    home.environment.put("MIDGE_PORT", String.valueOf(broker.port()));
    home.environment.put("MIDGE_CONTEXT", "away");

    assertThat(connect("pub -t a -n --context", "").keepAlive()).isEqualTo(60);
  }

  @Test
  void singleOptionsComeFromTheStrongestSource() throws Exception {
    Files.writeString(home.file.resolveSibling("../midge_pub"), "-k 11\n-V 311\n-q 1\n");
    home.environment.put("MIDGE_KEEPALIVE", "22");
    home.environment.put("MIDGE_ID_PREFIX", "variable");

    Connect byLine = connect("pub -t a -n --context here");
    assertThat(byLine.keepAlive()).isEqualTo(30);
    assertThat(byLine.clientId()).isEqualTo("context");
    assertThat(byLine.version().isV5()).isFalse();
    assertThat(connect("pub -t a -n --context here -I line").clientId()).startsWith("line");
    assertThat(connect("pub -t a -n --context here -k 9").keepAlive()).isEqualTo(9);

    chosen("here");
    Connect byDefault = connect("pub -t a -n");
    assertThat(byDefault.keepAlive()).isEqualTo(22);
    assertThat(byDefault.clientId()).startsWith("variable");
  }

  @Test
  void beforeTheContextOfTheLineNeitherVariablesNorAnOptionFileOfAnotherBrokerCount()
      throws Exception {
    Files.writeString(
        home.file.resolveSibling("../midge_pub"), "-h file.invalid\n-P file\n-c\n-t file\n");
    assertThat(Home.password(connect("pub -n --context here"))).isNull();

    home.environment.put("MIDGE_HOST", "variable.invalid");
    home.environment.put("MIDGE_PASSWORD", "variable");
    Connect connect = connect("pub -n --context here");

    assertThat(Home.password(connect)).isNull();
    assertThat(connect.cleanStart()).isTrue();
    home.environment.remove("MIDGE_HOST");
    assertThat(Home.password(connect("pub -n --context here"))).isEqualTo("variable");
  }

  @Test
  void anOptionFileThatIsAPipeIsReadOnce() throws Exception {
    Path pipe = directory.resolve("pipe");
    Needs.program("mkfifo");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer = new Thread(() -> write(pipe));
    writer.start();

    assertThat(connect("pub -t a -n --context here -o " + pipe).version().isV5()).isFalse();
    writer.join();
  }

  private static void write(Path pipe) {
    try {
      Files.writeString(pipe, "-V 311\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aUrlOnTheLineTakesThePlaceOfOneInTheContext() throws Exception {
    home.contexts("[tls]\n-L wss://broker.invalid:1\n-k 30\n");

    Connect connect =
        connect("pub -n --context tls -L mqtt://localhost:" + broker.port() + "/topic");

    assertThat(connect.keepAlive()).isEqualTo(30);
    home.contexts("[unix]\n--unix /nowhere\n-k 40\n");
    assertThat(home.run("pub -t a -n --context unix -h localhost").errText())
        .startsWith("Error: Connection refused: localhost:1883");
  }

  @ParameterizedTest
  @CsvSource({
    "hree, '''hree'', did you mean ''here''?'",
    "other, '''other''; there is here, away.'",
  })
  void anUnknownNameIsToldWithTheKnownOnes(String name, String complaint) {
    for (String line : new String[] {"pub -t a -n", "conn", "lwt"}) {
      MidgeRun run = home.run(line + " --context " + name);
      assertThat(run.errText()).startsWith("Error: There is no context " + complaint + "\n");
      assertThat(run.status()).isEqualTo(1);
    }
    home.environment.put("MIDGE_CONTEXT", name);
    assertThat(home.run("pub -t a -n").errText()).contains(complaint + " (MIDGE_CONTEXT)\n");
  }

  @Test
  void helpNeedsNoContext() {
    assertThat(home.run("pub --context nowhere --help").status()).isZero();
    assertThat(home.run("pub --context nowhere --version").status()).isZero();
  }

  @Test
  void anOptionFileNamesNoContext() throws IOException {
    Path options = Files.writeString(directory.resolve("o"), "--context here\n");

    assertThat(home.run("pub -t a -n -o " + options).errText())
        .startsWith("Error: --context has no effect in an options file");
  }

  @Test
  void whoSpeaksMosquittosNamesHasNone() throws IOException {
    chosen("here");
    home.environment.put("MIDGE_CONTEXT", "here");
    for (String called : new String[] {"mosquitto_pub", "mosquitto_sub", "mosquitto_rr"}) {
      MidgeRun run =
          MidgeRun.startAs(called, home.environment, "-t", "a", "--context", "here").await();
      assertThat(run.errText()).startsWith("Error: Unknown option '--context'.");
    }
    MidgeRun pub =
        MidgeRun.startAs(
                "mosquitto_pub", home.environment, "-t", "a", "-n", "-p", elsewhere.number())
            .await();
    assertThat(pub.errText()).isEqualTo("Error: Connection refused\n");
  }

  @Test
  void wordsThatLookLikeItAreNone() throws Exception {
    Connect connect = connect("pub -t a -m --context -p " + broker.port());

    assertThat(connect.keepAlive()).isEqualTo(60);
  }
}
