package dev.midge.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.MidgeRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A broker of the command line in this JVM, with a runtime directory of its own. */
final class ControlledBroker implements AutoCloseable {
  final Map<String, String> environment;
  final Path directory;
  final MidgeRun run;
  final int port;

  /** Starts it; its default socket is there when this returns. */
  ControlledBroker(Path runtime, Object... options) throws Exception {
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwx------"));
    environment = Map.of("XDG_RUNTIME_DIR", runtime.toString());
    directory = runtime.resolve("midge");
    List<Object> line = new ArrayList<>(List.of("broker", "-p", "0"));
    line.addAll(List.of(options));
    run = MidgeRun.startAs(null, environment, line.toArray());
    run.awaitOut("\n");
    port = Integer.parseInt(run.outText().strip());
    if (options.length == 0) {
      Awaitility.await().until(() -> Files.exists(socket()));
    }
  }

  Path socket() {
    return directory.resolve(port + ".sock");
  }

  /** Runs {@code midge ctl} to the end. */
  MidgeRun ctl(Object... words) {
    return startCtl(words).await();
  }

  MidgeRun startCtl(Object... words) {
    List<Object> line = new ArrayList<>(List.of("ctl", "-p", port));
    line.addAll(List.of(words));
    return MidgeRun.startAs(null, environment, line.toArray());
  }

  /** Runs {@code midge ctl}, which has to succeed, and returns what it prints. */
  String done(Object... words) {
    MidgeRun ctl = ctl(words);
    assertThat(ctl.status()).as(ctl.errText()).isZero();
    assertThat(ctl.errText()).isEmpty();
    return ctl.outText();
  }

  /** Starts a client that stays, and returns when the broker has taken it. */
  MidgeRun client(String id, Object... options) {
    List<Object> line = new ArrayList<>(List.of("conn", "-p", port, "-i", id));
    line.addAll(List.of(options));
    MidgeRun client = MidgeRun.start(line.toArray());
    client.awaitErr("Connected to");
    return client;
  }

  @Override
  public void close() {
    run.stop();
  }
}
