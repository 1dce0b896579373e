package dev.midge.cli.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.cli.DropIn;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options in files, as mosquitto's clients read them. */
class OptionFileTest {
  private static final String PUB = "mosquitto_pub";

  @TempDir Path directory;
  private Map<String, String> environment;

  @BeforeEach
  void configurationIsInAFileOfItsOwn() {
    environment = Map.of("XDG_CONFIG_HOME", directory.toString());
  }

  private Path file(String name, String text) throws IOException {
    return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void anOptionAndTheRestOfItsLine() throws Exception {
    file(PUB, "# -k 99\n\n-k 30\n-i a  b \r\n   -u \"me\"\n\n-P p\377w");

    Connect connect = DropIn.connect(PUB, environment, "-t", "a", "-n");

    assertThat(connect.keepAlive()).isEqualTo(30);
    assertThat(connect.clientId()).isEqualTo("a  b ");
    assertThat(connect.username()).isEqualTo("\"me\"");
    assertThat(connect.password()).isEqualTo(new byte[] {'p', (byte) 0xFF, 'w'});
  }

  @Test
  void theCommandLineComesOnTop() throws Exception {
    file(PUB, "-k 30\n-u file\n-t a\n");

    Connect connect = DropIn.connect(PUB, environment, "-n", "-k", "40");

    assertThat(connect.keepAlive()).isEqualTo(40);
    assertThat(connect.username()).isEqualTo("file");
  }

  @Test
  void conflictsStayConflicts() throws Exception {
    file(PUB, "-m x\n-i a\n");

    assertThat(run("-t", "a", "-m", "y").errText())
        .startsWith("Error: Only one type of message can be sent at once.\n");
    assertThat(run("-I", "a").errText())
        .startsWith("Error: -i and -I argument cannot be used together.\n");
  }

  @Test
  void mistakesInFilesAreThoseOfTheCommandLine() throws Exception {
    file(PUB, "-D publish topic-alias 1\n");
    assertThat(run("-n").errText())
        .isEqualTo(
            "Error: --property argument given but not enough arguments specified.\n\n"
                + "Use 'mosquitto_pub --help' to see usage.\n");

    file(PUB, "-d x\n");
    assertThat(run("-n").errText()).startsWith("Error: Unknown option 'x'.\n");

    file(PUB, "\t-d\n");
    assertThat(run("-n").errText()).startsWith("Error: Unknown option '\t-d'.\n");

    file(PUB, "-t\n");
    assertThat(run("-n").errText())
        .startsWith("Error: -t argument given but no topic specified.\n");
  }

  @Test
  void helpAndVersionWorkInAFileAndAnotherFileIsPassedOver() throws Exception {
    Path other = file("other", "--bogus\n");
    file(PUB, "-o " + other + "\n-o nowhere\n--version\n--bogus\n");

    MidgeRun run = run("-t");

    assertThat(run.outText()).startsWith("mosquitto_pub version ");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void theFileOfDashOIsTheOnlyOneWhereverThatStands() throws Exception {
    file(PUB, "--bogus\n");
    Path mine = file("mine", "-u mine\n");

    Connect connect = DropIn.connect(PUB, environment, "-t", "a", "-n", "-o", mine);
    MidgeRun asArgument = run("-t", "a", "-u", "-o", directory.resolve("mine").toString(), "-n");
    Connect none = DropIn.connect(PUB, environment, "-t", "a", "-n", "-o", "/nowhere");

    assertThat(connect.username()).isEqualTo("mine");
    assertThat(asArgument.errText()).startsWith("Error: Unknown option '" + mine + "'.");
    assertThat(none.username()).isNull();
  }

  @Test
  void linesMayBeLongerThan1023Bytes() throws Exception {
    file(PUB, "-u " + "u".repeat(3000) + "\n");

    assertThat(DropIn.connect(PUB, environment, "-t", "a", "-n").username()).hasSize(3000);
  }

  @Test
  void withoutXdgConfigHomeItIsInDotConfigAndOtherwiseNot() throws Exception {
    Files.createDirectory(directory.resolve(".config"));
    file(".config/" + PUB, "-u home\n");
    String home = directory.toString();

    Connect found = DropIn.connect(PUB, Map.of("HOME", home), "-t", "a", "-n");
    Connect hidden =
        DropIn.connect(PUB, Map.of("HOME", home, "XDG_CONFIG_HOME", ""), "-t", "a", "-n");

    assertThat(found.username()).isEqualTo("home");
    assertThat(hidden.username()).isNull();
  }

  @Test
  void eachToolHasItsOwnFile() throws Exception {
    file("mosquitto_sub", "-u sub\n-t a\n");

    assertThat(DropIn.connect("mosquitto_sub", environment).username()).isEqualTo("sub");
    assertThat(DropIn.connect(PUB, environment, "-t", "a", "-n").username()).isNull();
  }

  @Test
  void midgeReadsMosquittosFileUnlessItHasItsOwn() throws Exception {
    file(PUB, "-u theirs\n");
    Connect theirs = DropIn.connect(null, environment, "pub", "-t", "a", "-n");
    file("midge_pub", "-u ours\n");
    Connect ours = DropIn.connect(null, environment, "pub", "-t", "a", "-n");
    Connect dropIn = DropIn.connect(PUB, environment, "-t", "a", "-n");

    assertThat(theirs.username()).isEqualTo("theirs");
    assertThat(ours.username()).isEqualTo("ours");
    assertThat(dropIn.username()).isEqualTo("theirs");
  }

  private MidgeRun run(Object... args) {
    return MidgeRun.startAs(PUB, environment, args).await();
  }
}
