package dev.midge.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.Midge;
import dev.midge.cli.OtherSignals;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.Prompt;
import dev.midge.client.StopSignal;
import dev.midge.testing.Certificates;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Mosquitto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is said of the options for TLS: of those that do nothing or too much, and of a client key
 * with a passphrase. Debian's mosquitto listens with TLS and without.
 */
class TlsOptionsIT {
  private static final String BLIND =
      "Warning: --insecure verifies nothing, neither the broker's certificate nor its name: anybody can pose as the broker.\n";

  @TempDir private static Path directory;
  private static Certificates certificates;
  private static Mosquitto plain;
  private static Mosquitto tls;

  private final List<String> questions = new ArrayList<>();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Prompt prompt = Prompt.NONE;

  @BeforeAll
  static void start() throws IOException {
    certificates =
        new Certificates(directory)
            .leaf("server", "DNS:localhost")
            .leaf("me", "DNS:me")
            .openssl("rsa -aes256 -passout pass:right -in me.key -out locked.key")
            .openssl("rsa -traditional -aes256 -passout pass:right -in me.key -out old.key");
    plain = Mosquitto.configured(directory, "allow_anonymous true", "listener PORT 127.0.0.1");
    tls =
        Mosquitto.configured(
            directory,
            "allow_anonymous true",
            "listener PORT 127.0.0.1",
            "cafile " + certificates.file("ca.crt"),
            "certfile " + certificates.file("server.crt"),
            "keyfile " + certificates.file("server.key"),
            "require_certificate true");
  }

  @AfterAll
  static void stop() {
    plain.close();
    tls.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--insecure|--insecure has",
        "--tls-version tlsv1.3|--tls-version has",
        "--ciphers x|--ciphers has",
        "--tls-alpn mqtt|--tls-alpn has",
        "--cert C --key K|--cert, --key have",
        "--insecure --key K --keyform pem --cert C|--cert, --key, --keyform, --insecure have",
      })
  void withoutTlsTheyHaveNoEffect(String words, String named) {
    String line =
        "Warning: "
            + named
            + " no effect without TLS. Try: --cafile FILE, --capath DIRECTORY or --tls-use-os-certs, which turn TLS on.\n";
    for (String command : new String[] {"pub -t a -n", "sub -t $SYS/# -E", "conn -W 1"}) {
      MidgeRun run = run(command, plain, words);
      assertThat(run.errText()).contains(line);
      assertThat(run.status()).isZero();

      assertThat(run(command, plain, words + " --quiet").errText()).isEmpty();
      assertThat(run(command, plain, words + " --no-tls").errText()).doesNotContain("no effect");
    }
    assertThat(
            MidgeRun.runAs("mosquitto_pub", split("-t a -n -p " + plain.port() + " " + words))
                .errText())
        .isEmpty();
  }

  @Test
  void whoVerifiesNothingIsTold() {
    String words =
        "--insecure --cafile CA --cert CERT --key KEY"
            .replace("CA", certificates.file("ca.crt"))
            .replace("CERT", certificates.file("me.crt"))
            .replace("KEY", certificates.file("me.key"));

    assertThat(run("pub -t a -n", tls, words).errText()).isEqualTo(BLIND);
    assertThat(run("pub -t a -n", tls, words + " --quiet").errText()).isEmpty();
    MidgeRun mosquitto =
        MidgeRun.runAs("mosquitto_pub", split("-t a -n -p " + tls.port() + " " + words));
    assertThat(mosquitto.errText()).isEmpty();
    assertThat(mosquitto.status()).isZero();
    assertThat(run("pub -t a -n", tls, words.replace("--insecure ", "")).errText()).isEmpty();
  }

  /** As for mosquitto_pub. */
  @Test
  void anEmptyApplicationProtocolIsNone() {
    String words =
        "pub -t a -n -p " + tls.port() + " --cafile CA --cert CERT --key KEY --tls-alpn ";
    Object[] line =
        (words + "X")
            .replace("CA", certificates.file("ca.crt"))
            .replace("CERT", certificates.file("me.crt"))
            .replace("KEY", certificates.file("me.key"))
            .split(" ");
    line[line.length - 1] = "";
    MidgeRun run = MidgeRun.run(line);

    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  private static MidgeRun run(String command, Mosquitto broker, String words) {
    return MidgeRun.run(split(command + " -p " + broker.port() + " " + words));
  }

  private static Object[] split(String words) {
    return words.split(" ");
  }

  @BeforeEach
  void nobodyAnswers() {
    prompt =
        question -> {
          questions.add(question);
          return null;
        };
  }

  @ParameterizedTest
  @ValueSource(strings = {"locked.key", "old.key"})
  void thePassphraseIsAskedForOnce(String key) {
    answer("right");

    assertThat(pub(null, key)).as(err::toString).isZero();
    assertThat(questions).containsExactly("Enter PEM pass phrase for " + file(key) + ": ");
    assertThat(pub("mosquitto_pub", key)).as(err::toString).isZero();
    assertThat(questions).last().isEqualTo("Enter PEM pass phrase:");
  }

  @Test
  void nobodyIsAskedWithoutNeed() {
    assertThat(pub(null, "me.key")).as(err::toString).isZero();
    assertThat(pub(null, "locked.key", "--no-tls", "-p", plain.port())).isZero();
    assertThat(questions).isEmpty();
  }

  @Test
  void aWrongPassphraseIsOneLine() {
    answer("wrong");

    assertThat(pub(null, "locked.key")).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "Error: TLS: Unable to load client key file \""
                + file("locked.key")
                + "\" (the passphrase is wrong, or the key is damaged): localhost:"
                + tls.port()
                + " over TLS, MQTT 5\n");
    assertThat(questions).hasSize(1);
  }

  @Test
  void aQuestionWithoutAnAnswerIsNoMissingTerminal() {
    prompt =
        question -> {
          throw new Prompt.NoAnswer();
        };
    assertThat(pub(null, "locked.key")).isEqualTo(1);
    assertThat(err.toString().lines())
        .first()
        .isEqualTo(
            "Error: The client key "
                + file("locked.key")
                + " is encrypted, and no pass phrase was given.");
    err.reset();
    assertThat(pub("mosquitto_pub", "locked.key")).isEqualTo(1);
    assertThat(err).hasToString("Unable to connect (A TLS error occurred).\n");
  }

  @Test
  void soIsATerminalThatIsMissing() {
    assertThat(pub(null, "locked.key")).isEqualTo(1);
    assertThat(err.toString().lines())
        .first()
        .isEqualTo(
            "Error: The client key "
                + file("locked.key")
                + " is encrypted, and there is no terminal to ask for its pass phrase at.");
    err.reset();
    assertThat(pub("mosquitto_pub", "locked.key")).isEqualTo(1);
    assertThat(err).hasToString("Unable to connect (A TLS error occurred).\n");
  }

  private void answer(String passphrase) {
    prompt =
        question -> {
          questions.add(question);
          return passphrase;
        };
  }

  private static String file(String name) {
    return certificates.file(name);
  }

  private int pub(String called, String key, Object... more) {
    List<String> words = new ArrayList<>();
    if (called == null) {
      words.add("pub");
    }
    words.addAll(List.of("-t", "a", "-n", "-p", "" + tls.port(), "--cafile", file("ca.crt")));
    words.addAll(List.of("--cert", file("me.crt"), "--key", file(key)));
    for (Object word : more) {
      words.add(String.valueOf(word));
    }
    ProcessContext context =
        new ProcessContext(
            called,
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of(),
            false,
            false,
            Clock::systemUTC,
            StopSignal::new,
            prompt,
            OtherSignals.NONE);
    return Midge.run(context, words.toArray(String[]::new));
  }
}
