package dev.midge.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals, exit statuses and broken pipes of the packaged midge. */
class SignalsIT {
  private static MidgeBroker broker;

  @BeforeAll
  static void start() {
    broker = new MidgeBroker();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsSubAndConnWithStatus0(String signal) {
    Program sub = Program.midge("sub", "-p", broker.port(), "-t", "a", "-d").awaitOut("Subscribed");
    Program conn = Program.midge("conn", "-p", broker.port()).awaitErr("Connected");

    assertThat(sub.signal(signal).await().status()).isZero();
    assertThat(conn.signal(signal).await().status()).isZero();
    assertThat(sub.outText()).endsWith("sending DISCONNECT\n");
  }

  /** A shell without job control ignores SIGINT for what is in the background. */
  @ParameterizedTest
  @ValueSource(strings = {"sub -t a", "conn", "rr --serve --echo -t a"})
  void aScriptStopsByIntWhatItHasInTheBackground(String command, @TempDir Path directory) {
    Path ready = directory.resolve("ready");
    String line =
        "midge %s -p %d --ready-file %s & p=$!; until [ -e %s ]; do sleep 0.05; done; kill -INT $p; wait $p";

    Program run = Program.shell(line.formatted(command, broker.port(), ready, ready)).await();

    assertThat(run.status()).as(run.errText()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSecondSignalALittleLaterWaitsForNothing(String signal, int status) {
    Program conn =
        Program.midge("conn", "-p", broker.port(), "--fault", "blackout:10m@after:10ms")
            .awaitErr("blackout");
    conn.signal(signal);
    Awaitility.await() // One that comes sooner counts as the same.
        .during(1500, TimeUnit.MILLISECONDS)
        .atMost(60, TimeUnit.SECONDS)
        .until(conn::isAlive);
    conn.signal(signal);

    assertThat(conn.await().status()).isEqualTo(status);
    assertThat(conn.errText()).doesNotContain("Exception");
  }

  @Test
  void sighupEndsTheCommandsOfExecToo(@TempDir Path directory) {
    Path begun = directory.resolve("begun");
    Program sub =
        Program.midge(
            "sub",
            "-p",
            broker.port(),
            "-t",
            "hup",
            "--exec",
            "echo $$ >" + begun + ".new; mv " + begun + ".new " + begun + "; exec sleep 600");
    Program pub = Program.midge("pub", "-p", broker.port(), "-t", "hup", "-m", "x", "-r").await();
    assertThat(pub.status()).isZero();
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> Files.exists(begun));

    assertThat(sub.signal("HUP").await().status()).isEqualTo(129);
    Awaitility.await()
        .until(
            () ->
                ProcessHandle.of(Long.parseLong(Files.readString(begun).strip()))
                    .filter(ProcessHandle::isAlive)
                    .isEmpty());
  }

  @Test
  void aSignalEndsPubByItself() {
    for (int[] signal : new int[][] {{2, 130}, {15, 143}}) {
      Program pub =
          Program.midge("pub", "-p", broker.port(), "-t", "a", "-l", "-d")
              .awaitOut("received CONNACK");

      assertThat(pub.signal(String.valueOf(signal[0])).await().status()).isEqualTo(signal[1]);
    }
  }

  /** As mosquitto's tools: what is not said otherwise ends a program. */
  @ParameterizedTest
  @CsvSource({"HUP, 129", "QUIT, 131", "USR1, 138", "USR2, 140"})
  void pubAndRrAreEndedByAnyOther(String signal, int status) {
    for (String[] words :
        new String[][] {{"pub", "-t", "a", "-l"}, {"rr", "-t", "a", "-e", "b", "-m", "x"}}) {
      Program run = clean(words).awaitOut("received CONNACK");

      assertThat(run.signal(signal).await().status()).as(words[0]).isEqualTo(status);
      assertSilent(run);
    }
  }

  @ParameterizedTest
  @CsvSource({"HUP, 129", "USR1, 138", "USR2, 140"})
  void subAndConnAreEndedByAnyOther(String signal, int status) {
    for (String[] words : new String[][] {{"sub", "-t", "a"}, {"conn"}}) {
      Program run = clean(words).awaitOut("received CONNACK");

      assertThat(run.signal(signal).await().status()).as(words[0]).isEqualTo(status);
      assertSilent(run);
    }
  }

  @Test
  void sigquitListsTheThreadsOfThoseThatStayOnStandardError() {
    Program sub = clean("sub", "-t", "a").awaitOut("Subscribed");
    sub.signal("QUIT").awaitErr("JNI global refs");

    assertThat(sub.signal("TERM").await().status()).isZero();
    assertThat(sub.outText()).doesNotContain("thread").endsWith("sending DISCONNECT\n");
  }

  @Test
  void theBrokerGoesOnAndTellsOfThem() {
    try (MidgeBroker other = new MidgeBroker()) {
      for (String signal : new String[] {"HUP", "USR1", "USR2"}) {
        other.program().signal(signal).awaitErr("SIG" + signal + ": ");
      }
      Program.midge("pub", "-p", other.port(), "-t", "a", "-m", "x").await();

      assertThat(other.program().signal("TERM").await().status()).isZero();
      assertThat(other.program().outText()).isEqualTo(other.port() + "\n");
    }
  }

  @Test
  void whatBreaksTheJvmLeavesNoFiles(@TempDir Path directory) {
    Program sub =
        Program.shell("cd '%s' && exec midge sub -p %d -t a -d".formatted(directory, broker.port()))
            .awaitOut("Subscribed");
    sub.signal("SEGV").await();

    assertThat(sub.status()).isEqualTo(134);
    assertThat(sub.outText()).doesNotContain("fatal");
    assertThat(directory).isEmptyDirectory();
  }

  /** A background job of a shell ignores SIGINT and SIGQUIT, and its children do; these do not. */
  private static Program clean(String... words) {
    List<Object> line = new ArrayList<>(List.of("env", "--default-signal", Program.launcher()));
    line.addAll(List.of(words));
    line.addAll(List.of("-p", broker.port(), "-d"));
    return Program.start(line.toArray());
  }

  private static void assertSilent(Program run) {
    assertThat(run.outText().lines())
        .allMatch(line -> line.startsWith("Client ") || line.startsWith("Subscribed"));
    assertThat(run.errText().lines()).allMatch(line -> line.startsWith("Connected to "));
  }

  @Test
  void aKilledClientIsGoneWithStatus137AndItsWillComes() {
    Program watcher =
        Program.midge("sub", "-p", broker.port(), "-t", "w", "-C", "1", "-d")
            .awaitOut("Subscribed");

    Program conn =
        Program.midge(
            "conn",
            "-p",
            broker.port(),
            "--will-topic",
            "w",
            "--will-payload",
            "dead",
            "--fault",
            "kill@connected");

    assertThat(conn.await().status()).isEqualTo(137);
    assertThat(watcher.await().outText()).contains("dead\n");
  }

  @Test
  void aClosedPipeEndsSubQuietly() {
    Program pipe =
        Program.shell(
            "{ midge sub -p %d -t pipe; echo \"status $?\" >&2; } | head -n 1"
                .formatted(broker.port()));
    while (pipe.isAlive() && !pipe.errText().contains("status")) {
      Program.midge("pub", "-p", broker.port(), "-t", "pipe", "-m", "x").await();
    }

    assertThat(pipe.await().outText()).isEqualTo("x\n");
    assertThat(pipe.errText()).isEqualTo("status 0\n");
  }

  @Test
  void aClosedPipeEndsHelpQuietly() {
    Program pipe = Program.shell("{ midge pub --help; echo \"status $?\" >&2; } | true").await();

    assertThat(pipe.errText()).isEqualTo("status 0\n");
  }

  @Test
  void aPortInUseIsStatus1() {
    Program second = Program.midge("broker", "-p", broker.port()).await();

    assertThat(second.errText()).contains("Error: ").contains(String.valueOf(broker.port()));
    assertThat(second.status()).isEqualTo(1);
  }
}
