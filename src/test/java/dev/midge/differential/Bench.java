package dev.midge.differential;

import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One maker's tools, with a broker that nobody else uses: two benches that run a case see the same
 * world. Any number of threads may run cases.
 */
final class Bench implements AutoCloseable {
  private final Path tools;
  private final ConfiguredMosquitto broker;

  private Bench(Path tools) throws IOException {
    this.tools = tools;
    broker = ConfiguredMosquitto.start();
  }

  /** Debian's tools. */
  static Bench mosquitto() throws IOException {
    return new Bench(Path.of("/usr/bin"));
  }

  /** Ours, under mosquitto's names. */
  static Bench dropIn() throws IOException {
    return new Bench(Program.launcher().resolveSibling("drop-in"));
  }

  Observation run(Case act) {
    CompletableFuture<Program> started = new CompletableFuture<>();
    CompletableFuture<Stage> staged = new CompletableFuture<>();
    try (Stage stage = new Stage(act, broker.port(), () -> subscribed(act, staged, started))) {
      staged.complete(stage);
      stage.prepare();
      try (Program program = start(act, stage)) {
        started.complete(program);
        program.input(act.input);
        String status = status(program, act.limitSeconds);
        return Observation.of(
            status,
            stage.contract(Essence.ofOut(program.out(), program.pid())),
            stage.contract(Essence.ofErr(program.errText(), program.pid())),
            stage.recording().text(program.pid(), act.sorted));
      }
    } catch (Exception e) {
      throw new AssertionError(act.name, e);
    }
  }

  private static void subscribed(
      Case act, CompletableFuture<Stage> staged, CompletableFuture<Program> started) {
    try {
      if (!act.whenSubscribed.isEmpty()) {
        staged.join().publish(act.whenSubscribed);
      }
      if (act.signal != null) {
        started.join().signal(act.signal);
      }
    } catch (IOException e) {
      throw new AssertionError(act.name, e);
    }
  }

  private Program start(Case act, Stage stage) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", stage.expand("{dir}"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
    act.environment.forEach((variable, value) -> environment.put(variable, stage.expand(value)));
    List<String> words = new ArrayList<>();
    words.add("env");
    if (!environment.containsKey("XDG_CONFIG_HOME")) {
      words.addAll(List.of("-u", "XDG_CONFIG_HOME"));
    }
    words.add(tools.resolve("mosquitto_" + act.tool).toString());
    Words.of(act.line).forEach(word -> words.add(stage.expand(word)));
    if (Words.isAscii(words)) {
      return Program.start(environment, words.toArray());
    }
    return Program.start(environment, "sh", "-c", Words.forShell(words));
  }

  private static String status(Program program, int limitSeconds) {
    try {
      Awaitility.await()
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .atMost(limitSeconds, TimeUnit.SECONDS)
          .until(() -> !program.isAlive());
      return String.valueOf(program.await().status());
    } catch (ConditionTimeoutException e) {
      program.close();
      program.await();
      return "does not end";
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    broker.close();
  }
}
