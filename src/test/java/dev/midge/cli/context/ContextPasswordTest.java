package dev.midge.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.FreePort;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.ScriptedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The password of a context goes to the context's broker, and to nobody else. */
class ContextPasswordTest {
  private static final String SECRET = "hush-4711";

  @TempDir private Path directory;
  private Home home;
  private ScriptedBroker broker;

  @BeforeEach
  void enter() throws IOException {
    home = new Home(directory);
    broker = new ScriptedBroker();
    Path pw = Files.writeString(directory.resolve("pw"), SECRET + "\n");
    Files.setPosixFilePermissions(pw, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void leave() throws IOException {
    broker.close();
  }

  private void context(String password, int port) throws IOException {
    home.contexts("[c]\n-h localhost\n-p " + port + "\n-u me\n" + password + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pw-file ~/pw", "--pw-command cat pw", "-P hush-4711"})
  void itReachesTheBrokerInEachWay(String way) throws Exception {
    context(way.replace("cat pw", "cat '" + directory + "/pw'"), broker.port());

    Connect connect = home.connect(broker, "pub -t a -n --context c");

    assertThat(connect.username()).isEqualTo("me");
    assertThat(Home.password(connect)).isEqualTo(SECRET);
  }

  @Test
  void aUrlWithAPasswordIsTheContextsToo() throws Exception {
    home.contexts("[c]\n-L mqtt://me:" + SECRET + "@localhost:" + broker.port() + "\n");

    assertThat(Home.password(home.connect(broker, "pub -t a -n --context c"))).isEqualTo(SECRET);
    assertThat(home.run("pub -t a -n --context c -p 1").errText())
        .startsWith("Error: The password of the context 'c' is for localhost:" + broker.port());
  }

  @ParameterizedTest
  @CsvSource({
    "-h 127.0.0.1, 127.0.0.1:PORT",
    "-p 1, localhost:1",
    "-L mqtt://localhost:1/a, localhost:1",
    "-L mqtt://you@localhost:1/a, localhost:1",
    "--unix /nowhere, unix:/nowhere",
    "-u you -h elsewhere.invalid, elsewhere.invalid:PORT",
  })
  void beforeAnotherBrokerTheCommandEnds(String words, String place) throws Exception {
    context("--pw-file ~/pw", broker.port());

    MidgeRun run = home.run("pub -t a -n --context c " + words);

    assertThat(run.errText())
        .startsWith(
            "Error: The password of the context 'c' is for localhost:"
                + broker.port()
                + " and is not sent to "
                + place.replace("PORT", "" + broker.port())
                + ": give another (-P, --pw-file), or do without the context.\n")
        .doesNotContain(SECRET);
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void theHostMayBeNamedAgain() throws Exception {
    context("--pw-file ~/pw", broker.port());

    Connect connect = home.connect(broker, "pub -t a -n --context c -h LOCALHOST -u you");

    assertThat(Home.password(connect)).isEqualTo(SECRET);
    assertThat(connect.username()).isEqualTo("you");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-P other", "--pw-command echo${IFS}other"})
  void whoGivesAnotherPasswordMayGoAnywhere(String other) throws Exception {
    context("--pw-file ~/pw\n-k 30", 1);

    Connect connect =
        home.connect(broker, "pub -t a -n --context c -p " + broker.port() + " " + other);

    assertThat(Home.password(connect)).isEqualTo("other");
    assertThat(connect.keepAlive()).isEqualTo(30);
  }

  @Test
  void aContextWithoutAPasswordMayGoAnywhere() throws Exception {
    context("-k 30", 1);

    Connect connect = home.connect(broker, "pub -t a -n --context c -p " + broker.port());

    assertThat(connect.username()).isEqualTo("me");
    assertThat(Home.password(connect)).isNull();
  }

  @Test
  void aBrokerOnTheLineGetsNothingOfTheDefault() throws Exception {
    home.contexts("use c\n[c]\n-h elsewhere.invalid\n-u me\n-P " + SECRET + "\n");
    home.environment.put("MIDGE_CONTEXT", "c");

    Connect connect = home.connect(broker, "pub -t a -n -p " + broker.port());

    assertThat(connect.username()).isNull();
    assertThat(Home.password(connect)).isNull();
  }

  @Test
  void variablesBesideMidgeContextLeadItNowhereElseEither() throws Exception {
    context("-P " + SECRET, broker.port());
    home.environment.put("MIDGE_CONTEXT", "c");
    home.environment.put("MIDGE_HOST", "elsewhere.invalid");

    assertThat(home.run("pub -t a -n").errText())
        .startsWith("Error: The password of the context 'c' is for localhost:" + broker.port())
        .contains("not sent to elsewhere.invalid:" + broker.port())
        .doesNotContain(SECRET);
  }

  @Test
  void withoutTlsItIsNotSent() throws Exception {
    home.contexts("[c]\n-L mqtts://localhost:1\n--pw-file ~/pw\n");
    assertThat(home.run("pub -t a -n --context c --no-tls").errText())
        .startsWith(
            "Error: The password of the context 'c' is for localhost:1 over TLS and is not sent to"
                + " localhost:1: ");
    home.environment.put("MIDGE_NO_TLS", "1");
    home.environment.put("MIDGE_CONTEXT", "c");
    assertThat(home.run("pub -t a -n").errText()).contains("is not sent to localhost:1: ");
  }

  @Test
  void tlsMayBeAdded() throws Exception {
    try (FreePort dead = FreePort.take()) {
      context("--pw-file ~/pw", dead.number());

      assertThat(home.run("pub -t a -n --context c --tls-use-os-certs").errText())
          .startsWith("Error: Connection refused: localhost:" + dead.number());
    }
  }

  @Test
  void noOutputShowsIt() throws Exception {
    context("-P " + SECRET, broker.port());
    MidgeRun run =
        MidgeRun.startAs(
            null, home.environment, "sub", "-t", "a", "-d", "--context", "c", "--json");
    broker.welcome();
    broker.hangUp();
    run.awaitErr("CONNECT");
    run.stop();

    assertThat(run.outText() + run.errText()).contains("CONNECT").doesNotContain(SECRET);
  }
}
