package dev.midge.cli.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReceivedMessage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class ShellTest {
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> warnings = new ArrayList<>();

  private CommandEnd run(String command, String topic, byte[] input, Duration limit)
      throws InterruptedException {
    Message message = Message.of(topic, input, Qos.AT_MOST_ONCE, false);
    return new Shell(command, limit, err, stop, warnings::add)
        .run(new ReceivedMessage(message, 0, false), input, out);
  }

  private CommandEnd run(String command) throws InterruptedException {
    return run(command, "a", new byte[0], null);
  }

  @Test
  void aPipelineHasStatusAndOutputs() throws Exception {
    assertThat(run("echo one two | tr ' ' '\\n'; echo bad >&2; exit 3"))
        .isEqualTo(CommandEnd.ended(3));
    assertThat(out.toString(UTF_8)).isEqualTo("one\ntwo\n");
    assertThat(err.toString(UTF_8)).isEqualTo("bad\n");
  }

  @Test
  void everyByteOfALargePayloadIsOnStandardInput() throws Exception {
    byte[] payload = new byte[1_000_000];
    ThreadLocalRandom.current().nextBytes(payload);

    assertThat(run("cat", "a", payload, null)).isEqualTo(CommandEnd.ended(0));
    assertThat(out.toByteArray()).isEqualTo(payload);
  }

  @Test
  void aCommandNeedNotReadItsStandardInput() throws Exception {
    assertThat(run("exec <&-; true", "a", new byte[1_000_000], null))
        .isEqualTo(CommandEnd.ended(0));
    assertThat(run("true", "a", new byte[1_000_000], null)).isEqualTo(CommandEnd.ended(0));
  }

  @Test
  void noneOfAMessageBecomesPartOfTheCommand(@TempDir Path directory) throws Exception {
    String mark = directory.resolve("mark").toString();
    String hostile = "\"; touch " + mark + "; '$(touch " + mark + ")`touch " + mark + "`";

    run("printf %s \"$MQTT_TOPIC\"; cat", hostile, hostile.getBytes(UTF_8), null);
    assertThat(out.toString(UTF_8)).isEqualTo(hostile + hostile);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatTakesTooLongIsKilledWithAllThatItHasStarted(@TempDir Path directory) throws Exception {
    Path pid = directory.resolve("pid");
    String command = "sleep 600 & echo $! > " + pid + "; wait; echo never";

    assertThat(run(command, "a", new byte[0], Duration.ofSeconds(2)))
        .isEqualTo(CommandEnd.TIMED_OUT);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertGone(pid);
  }

  @Test
  void whatDoesNotWantToEndIsKilledByForce(@TempDir Path directory) throws Exception {
    Path pid = directory.resolve("pid");
    String command = "trap '' TERM; echo $$ > " + pid + "; sleep 600; sleep 600";

    assertThat(run(command, "a", new byte[0], Duration.ofSeconds(2)))
        .isEqualTo(CommandEnd.TIMED_OUT);
    assertGone(pid);
  }

  @Test
  void aStopKillsAndIsNoFailure(@TempDir Path directory) throws Exception {
    Path pid = directory.resolve("pid");
    CompletableFuture<CommandEnd> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run("echo $$ > " + pid + "; sleep 600; true");
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Awaitility.await().until(() -> Files.exists(pid) && Files.size(pid) > 1);
    stop.complete(null);

    assertThat(running.get()).isEqualTo(CommandEnd.STOPPED);
    assertGone(pid);
    assertThat(run("true")).isEqualTo(CommandEnd.STOPPED);
  }

  @Test
  void theSignalOfTheUserMayReachTheCommandFirst() throws Exception {
    CompletableFuture<CommandEnd> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(
                    "echo >&2; kill -TERM $$"); // SIGINT may be ignored, as in jobs of a script.
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    Awaitility.await().until(() -> err.size() > 0);
    stop.complete(null);

    assertThat(running.get()).isEqualTo(CommandEnd.STOPPED);
  }

  @Test
  void aSignalOfItsOwnIsAFailure() throws Exception {
    assertThat(run("kill -TERM $$")).isEqualTo(CommandEnd.ended(143));
  }

  @Test
  void whatIsLeftBehindHoldsUpNobody(@TempDir Path directory) throws Exception {
    Path pid = directory.resolve("pid");
    try {
      assertThat(run("sleep 600 & echo $! > " + pid + "; echo done"))
          .isEqualTo(CommandEnd.ended(0));
      assertThat(out.toString(UTF_8)).isEqualTo("done\n");
    } finally {
      process(pid).destroyForcibly();
    }
  }

  private static ProcessHandle process(Path pid) throws Exception {
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  private static void assertGone(Path pid) throws Exception {
    long number = Long.parseLong(Files.readString(pid).strip());
    Path status = Path.of("/proc", String.valueOf(number), "stat");
    // Whoever adopted it may be slow to ask how it ended.
    Awaitility.await()
        .until(
            () ->
                !ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false)
                    || Files.exists(status) && Files.readString(status).contains(") Z "));
  }
}
