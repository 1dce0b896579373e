package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The links in bin/drop-in, as a shell script finds them in its PATH. */
class DropInIT {
  @TempDir Path directory;
  private Mosquitto mosquitto;

  @BeforeEach
  void startMosquitto() {
    mosquitto = Mosquitto.start();
  }

  @AfterEach
  void stopMosquitto() {
    mosquitto.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
  void payloadsFromTheShellKeepTheirBytesInAnyLocale(String locale) throws Exception {
    byte[] payload = everyByte();
    Files.write(directory.resolve("payload"), payload);
    String topic = "caf\u00e9/" + locale;
    Files.writeString(directory.resolve("topic"), topic);
    String file = directory + "/payload";

    Program pub =
        script(
            locale,
            "mosquitto_pub -p PORT -r -q 1 -t \"$(cat "
                + directory
                + "/topic)\" -m \"$(cat "
                + file
                + ")\"");
    assertThat(pub.await().errText()).isEmpty();
    assertThat(pub.status()).isZero();

    // Debian's own client tells what has arrived.
    Program theirs =
        Program.start(
                "/usr/bin/mosquitto_sub", "-p", mosquitto.port(), "-t", topic, "-C", "1", "-N")
            .await();
    assertThat(theirs.out()).isEqualTo(payload);

    Program ours =
        script(locale, "mosquitto_sub -p PORT -C 1 -N -v -t \"$(cat " + directory + "/topic)\"")
            .await();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    expected.writeBytes((topic + " ").getBytes(StandardCharsets.UTF_8));
    expected.writeBytes(payload);
    assertThat(ours.out()).isEqualTo(expected.toByteArray());
  }

  /** Without NUL, which no argument can hold, and without a line end at the end. */
  private static byte[] everyByte() {
    byte[] bytes = new byte[255];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return bytes;
  }

  @Test
  void filesWithNamesThatAreNotAsciiAreFoundInTheCLocale() throws Exception {
    Files.createDirectory(directory.resolve("d"));
    Program made =
        script("C", "printf 'from the file' >" + directory + "/d/\"$(printf '\\303\\251')\"");
    assertThat(made.await().status()).isZero();

    Program pub = script("C", "mosquitto_pub -p PORT -r -t f -f " + directory + "/d/*");
    assertThat(pub.await().errText()).isEmpty();

    Program sub = script("C", "mosquitto_sub -p PORT -t f -C 1").await();
    assertThat(sub.outText()).isEqualTo("from the file\n");
  }

  @Test
  void standardInputMayBeAPipe() {
    Program pub = script("C", "printf 'x\\ny' | mosquitto_pub -p PORT -r -t s -s");
    assertThat(pub.await().errText()).isEmpty();

    Program sub = script("C", "mosquitto_sub -p PORT -t s -C 1 -N").await();
    assertThat(sub.outText()).isEqualTo("x\ny");
  }

  @Test
  void theNameDecidesTheManner() {
    Program help = script("C", "mosquitto_sub --help").await();
    Program version = script("C", "mosquitto_rr --version").await();
    Program broker = script("C", "mosquitto -p").await();

    assertThat(help.outText()).startsWith("Usage: mosquitto_sub ");
    assertThat(help.status()).isEqualTo(1);
    assertThat(version.outText()).startsWith("mosquitto_rr version ");
    assertThat(version.status()).isEqualTo(1);
    assertThat(broker.errText()).isEqualTo("Error: -p argument given, but no port specified.\n");
    assertThat(broker.status()).isEqualTo(3);
  }

  private Program script(String locale, String line) {
    String path = Program.launcher().getParent() + "/drop-in:" + System.getenv("PATH");
    return Program.start(
        Map.of("PATH", path, "LC_ALL", locale, "XDG_CONFIG_HOME", directory.toString()),
        "sh",
        "-c",
        line.replace("PORT", String.valueOf(mosquitto.port())));
  }
}
