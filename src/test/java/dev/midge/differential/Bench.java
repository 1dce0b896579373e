package dev.midge.differential;

import dev.midge.testing.ConfiguredMosquitto;
import dev.midge.testing.MidgeRun;
import dev.midge.testing.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * One maker's tools, with a broker that nobody else uses: two benches that run a case see the same
 * world. Any number of threads may run cases.
 */
final class Bench implements AutoCloseable {
  private final Path tools;
  private final Predicate<Case> inThisJvm;
  private final ConfiguredMosquitto broker;

  private Bench(Path tools, Predicate<Case> inThisJvm) throws IOException {
    this.tools = tools;
    this.inThisJvm = inThisJvm;
    broker = ConfiguredMosquitto.start();
  }

  /** Debian's tools. */
  static Bench mosquitto() throws IOException {
    return new Bench(Path.of("/usr/bin"), act -> false);
  }

  /**
   * Ours, under mosquitto's names.
   *
   * @param inThisJvm which cases do not get a process of their own, nor the launcher
   */
  static Bench dropIn(Predicate<Case> inThisJvm) throws IOException {
    return new Bench(Program.launcher().resolveSibling("drop-in"), inThisJvm);
  }

  Observation run(Case act) {
    CompletableFuture<ToolRun> started = new CompletableFuture<>();
    CompletableFuture<Stage> staged = new CompletableFuture<>();
    try (Stage stage = new Stage(act, broker.port(), () -> subscribed(act, staged, started))) {
      staged.complete(stage);
      stage.prepare();
      try (ToolRun run = start(act, stage)) {
        started.complete(run);
        String status = status(run, act.limitSeconds);
        return Observation.of(
            status,
            Essence.ofOut(run.out(), run.pid(), act.sorted),
            stage.contract(Essence.ofErr(run.err(), run.pid())),
            stage.recording().text(run.pid(), act));
      }
    } catch (Exception e) {
      throw new AssertionError(act.name, e);
    }
  }

  private static void subscribed(
      Case act, CompletableFuture<Stage> staged, CompletableFuture<ToolRun> started) {
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

  private ToolRun start(Case act, Stage stage) {
    String tool = "mosquitto_" + act.tool;
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", stage.expand("{dir}"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TZ", "UTC");
    act.environment.forEach((variable, value) -> environment.put(variable, stage.expand(value)));
    List<String> words = Words.of(act.line).stream().map(stage::expand).toList();
    if (inThisJvm.test(act)) {
      return ToolRun.of(
          MidgeRun.startAs(
              tool, new ByteArrayInputStream(act.input), environment, words.toArray()));
    }
    List<String> command = new ArrayList<>();
    command.add("env");
    if (!environment.containsKey("XDG_CONFIG_HOME")) {
      command.addAll(List.of("-u", "XDG_CONFIG_HOME"));
    }
    command.add(tools.resolve(tool).toString());
    command.addAll(words);
    Program program =
        Words.isAscii(command)
            ? Program.start(environment, command.toArray())
            : Program.start(environment, "sh", "-c", Words.forShell(command));
    return ToolRun.of(program.input(act.input));
  }

  private static String status(ToolRun run, int limitSeconds) {
    try {
      Awaitility.await()
          .pollInterval(10, TimeUnit.MILLISECONDS)
          .atMost(limitSeconds, TimeUnit.SECONDS)
          .until(run::isOver);
      return String.valueOf(run.status());
    } catch (ConditionTimeoutException e) {
      run.close();
      return "does not end";
    }
  }

  @Override
  public void close() throws IOException {
    broker.close();
  }
}
