package dev.midge.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose command line says who may connect, and do what. */
class BrokerWithPasswordsTest {
  @TempDir Path folder;
  private MidgeRun broker;

  @AfterEach
  void stopBroker() {
    broker.stop();
  }

  private int publishes(String topic, Object... login) {
    Object[] line = {"pub", "-p", broker.outText().strip(), "-q", 1, "-t", topic, "-m", "x"};
    Object[] all = Arrays.copyOf(line, line.length + login.length);
    System.arraycopy(login, 0, all, line.length, login.length);
    return MidgeRun.run(all).status();
  }

  @Test
  void usersOfTheLineAreLetInAndNobodyElse() {
    broker =
        MidgeRun.start("broker", "-p", 0, "--user", "a:one:more", "--user", "b:two").awaitOut("\n");

    assertThat(publishes("t", "-u", "a", "-P", "one:more")).isZero();
    assertThat(publishes("t", "-u", "b", "-P", "two")).isZero();
    assertThat(publishes("t", "-u", "b", "-P", "one")).isNotZero();
    assertThat(publishes("t", "-u", "c", "-P", "two")).isNotZero();
    assertThat(publishes("t")).isNotZero();
    assertThat(broker.errText()).doesNotContain("one:more", "two");
  }

  @Test
  void usersOfAFileThatPasswdHasWrittenAreLetIn() {
    Path users = folder.resolve("users");
    MidgeRun.run("passwd", "-c", "-b", users, "a", "one");
    broker = MidgeRun.start("broker", "-p", 0, "--password-file", users).awaitOut("\n");

    assertThat(publishes("t", "-u", "a", "-P", "one")).isZero();
    assertThat(publishes("t", "-u", "a", "-P", "two")).isNotZero();
    assertThat(publishes("t")).isNotZero();
  }

  @Test
  void anAccessFileSaysWhoMayWriteWhat() throws IOException {
    Path rules =
        Files.writeString(folder.resolve("acl"), "topic write open\nuser a\ntopic write a/#\n");
    broker = MidgeRun.start("broker", "-p", 0, "--acl", rules).awaitOut("\n");

    assertThat(publishes("open", "--strict")).isZero();
    assertThat(publishes("a/b", "--strict")).isEqualTo(50);
    assertThat(publishes("a/b", "--strict", "-u", "a")).isZero();
    assertThat(publishes("open", "--strict", "-u", "a")).isEqualTo(50);
  }
}
