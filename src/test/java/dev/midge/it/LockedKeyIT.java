package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Certificates;
import dev.midge.testing.Installed;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged midge with an encrypted client key, in a pipeline. */
class LockedKeyIT {
  private static final String SECRET = "hush-4711";

  @TempDir static Path directory;
  private static Mosquitto mosquitto;
  private static String pub;

  @BeforeAll
  static void start() throws IOException {
    Certificates certificates =
        new Certificates(directory)
            .leaf("server", "DNS:localhost")
            .leaf("me", "DNS:me")
            .openssl("rsa -aes256 -passout pass:" + SECRET + " -in me.key -out locked.key");
    mosquitto =
        Mosquitto.configured(
            directory,
            "allow_anonymous true",
            "listener PORT 127.0.0.1",
            "cafile " + certificates.file("ca.crt"),
            "certfile " + certificates.file("server.crt"),
            "keyfile " + certificates.file("server.key"),
            "require_certificate true");
    // Short names, so that no line is wider than the terminal.
    pub =
        "cd "
            + directory
            + "; clear; echo in | midge pub -d -t a -s --cafile ca.crt --cert me.crt"
            + " --key locked.key -p "
            + mosquitto.port()
            + " 2>&1 | cat";
  }

  @AfterAll
  static void stop() {
    if (mosquitto != null) {
      mosquitto.close();
    }
  }

  @Test
  void theTerminalIsAskedThoughBothStreamsArePipes() {
    try (Tmux terminal = new Tmux(directory)) {
      terminal
          .type(pub)
          .awaitScreen("Enter PEM pass phrase for locked.key:")
          .type(SECRET)
          .awaitScreen("sending DISCONNECT");
      assertThat(terminal.screen()).contains("(3 bytes)").doesNotContain(SECRET);

      terminal
          .clear("Enter PEM")
          .type(pub)
          .awaitScreen("Enter PEM pass phrase for locked.key:")
          .type("other")
          .awaitScreen("Error: TLS: Unable to load client key file \"locked.key\" (the passphrase")
          .awaitScreen("\n>"); // The shell's: before, the terminal itself shows what is typed.
      terminal.type("echo seen").awaitScreen("\nseen");
      assertThat(terminal.screen()).contains("> echo seen").doesNotContain("other\n");
    }
  }

  @Test
  void ctrlCLeavesTheShellALineOfItsOwn() {
    try (Tmux terminal = new Tmux(directory)) {
      terminal.type(pub).awaitScreen("Enter PEM pass phrase for locked.key:");
      terminal.press("C-c").awaitScreen("\n>");
      terminal.type("echo here").awaitScreen("\nhere");
    }
  }

  @Test
  void withoutATerminalItIsOneLine() {
    Installed.require("setsid");
    Program program =
        Program.start(
                "setsid",
                "-w",
                "sh",
                "-c",
                "PATH='"
                    + Program.launcher().getParent()
                    + ":'$PATH; "
                    + pub.replace("clear; ", ""))
            .await();

    assertThat(program.outText())
        .startsWith(
            "Error: The client key locked.key is encrypted, and there is no terminal to ask for its pass phrase at.\n");
  }
}
