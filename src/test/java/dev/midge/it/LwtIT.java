package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import dev.midge.testing.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged drill: on the broker inside it, and on a mosquitto that asks for a password. */
class LwtIT {
  /** LwtTest plays the older versions. */
  @Test
  void theMiniBrokerKeepsItsWord() {
    Program run = Program.midge("lwt").await();

    assertThat(run.outText()).contains(": 46 ok, 0 failed, 3 skipped\n");
    assertThat(run.errText()).isEmpty();
    assertThat(run.status()).isZero();
  }

  /** The process that is killed logs in over TLS as all other clients do. */
  @Test
  void everyClientOfTheDrillLogsInOverTls(@TempDir Path directory) throws Exception {
    SelfSigned self = SelfSigned.in(directory);
    Path passwords = directory.resolve("passwords");
    Path word = Files.writeString(directory.resolve("word"), "s3cret\n");
    assertThat(
            Program.start("mosquitto_passwd", "-b", "-c", passwords, "driller", "s3cret")
                .await()
                .status())
        .isZero();
    try (Mosquitto mosquitto =
        Mosquitto.configured(
            directory,
            "listener PORT 127.0.0.1",
            "allow_anonymous false",
            "password_file " + passwords,
            "certfile " + self.certificate(),
            "keyfile " + self.key())) {
      Program run =
          Program.midge(
                  "lwt",
                  "-h",
                  "127.0.0.1",
                  "-p",
                  mosquitto.port(),
                  "--cafile",
                  self.certificate(),
                  "-u",
                  "driller",
                  "--pw-file",
                  word,
                  "--quiet",
                  "--only",
                  "kill,reset,tls-cut,close")
              .await();

      assertThat(run.outText()).contains(": 4 ok, 0 failed\n");
      assertThat(run.status()).as(run.errText()).isZero();
      mosquitto.awaitLog("u'driller'");
      assertThat(mosquitto.log()).doesNotContain("not authorised");
    }
  }

  /** The view of a user who reads the retained messages afterwards. */
  @Test
  void afterCtrlCMosquittoHasNothingOfTheDrill() throws IOException {
    try (Mosquitto mosquitto = Mosquitto.start()) {
      Program run = Program.midge("lwt", "-p", mosquitto.port(), "--only", "retained*,expiry,kept");
      Program.start(
              "mosquitto_sub",
              "-p",
              mosquitto.port(),
              "-t",
              "+/retained/status",
              "-C",
              "1",
              "-W",
              60)
          .await();
      run.signal("INT");

      assertThat(run.await().status()).isEqualTo(130);
      Program retained =
          Program.start(
                  "mosquitto_sub", "-p", mosquitto.port(), "-t", "#", "--retained-only", "-W", 1)
              .await();
      assertThat(retained.outText()).isEmpty();
    }
  }
}
