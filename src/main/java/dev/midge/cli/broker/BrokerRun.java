package dev.midge.cli.broker;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.ExitCode;
import dev.midge.cli.OtherSignals;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.BrokerLog;
import dev.midge.cli.control.BrokerTarget;
import dev.midge.cli.control.ControlDesk;
import dev.midge.client.StopSignal;
import dev.midge.control.ControlTarget;
import dev.midge.control.LogLine;
import dev.midge.fault.Fault;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of the broker, until a signal ends it. This one is that of a plain line: its subclasses
 * hold what others need.
 */
class BrokerRun {
  private final ProcessContext context;
  private final Compatibility compatibility;
  private final BrokerLine line;
  private volatile @Nullable Broker running;

  BrokerRun(ProcessContext context, Compatibility compatibility, BrokerLine line) {
    this.context = context;
    this.compatibility = compatibility;
    this.line = line;
  }

  private void signalled(String signal, Consumer<BrokerEvent> shown, StopSignal stop) {
    if (signal.equals(OtherSignals.HANG_UP)) {
      said(shown, "SIGHUP: the terminal is gone.");
      stop.request();
    } else {
      said(shown, signalled(signal));
    }
  }

  /** Returns the configuration, whose events go to the log given. */
  BrokerConfig config(Consumer<BrokerEvent> log) throws IOException {
    List<Integer> ports = line.ports().isEmpty() ? List.of(DefaultPorts.MQTT) : line.ports();
    return new BrokerConfig(ports, log, line.isVerbose()).withSettings(BrokerSettings.WITH_SYS);
  }

  /** Returns what shows events to the user. */
  Consumer<BrokerEvent> shown(BrokerLog err) {
    return isQuiet() ? event -> {} : err::event;
  }

  /** Returns the faults that are planned besides those of the command line. */
  List<Fault> faults() {
    return List.of();
  }

  /** Takes the broker, which listens. */
  void started(Broker broker) throws IOException {}

  /**
   * Does what a signal asks for, on a thread of its own.
   *
   * @param signal such as SIGHUP
   * @return a line for the log; empty for none
   */
  String signalled(String signal) {
    return switch (signal) {
      case "SIGHUP" -> "SIGHUP: there is no configuration to read again.";
      case "SIGUSR1" -> saved();
      default -> signal + ": there is nothing to do for it.";
    };
  }

  /** Has the broker save its state, which its log tells of. */
  private String saved() {
    Broker broker = running;
    return broker != null && broker.save().join()
        ? ""
        : "SIGUSR1: nothing is kept that could be saved.";
  }

  /** Completes with an exit status when the broker has to end. */
  CompletableFuture<Integer> ended() {
    return new CompletableFuture<>();
  }

  /**
   * Runs it.
   *
   * @return the exit status
   */
  public int run() throws IOException {
    try (ControlDesk desk = new ControlDesk(context, line.control(), compatibility.hasOwnNames())) {
      return run(desk);
    }
  }

  private int run(ControlDesk desk) throws IOException {
    boolean isForPersons = context.errIsTerminal() && compatibility.laysOutForPeople();
    Consumer<BrokerEvent> shown =
        shown(
            new BrokerLog(
                desk.err(),
                line.colour().err(context),
                isForPersons ? BrokerLog.Reader.PERSON : BrokerLog.Reader.SCRIPT));
    Consumer<BrokerEvent> log = kept(shown, desk);
    FaultPlan plan = line.faults().toPlan(event -> log.accept(told(event)), context.err()::println);
    faults().forEach(plan::add);
    if (plan.isRandom() && !isQuiet()) {
      String seed = String.valueOf(plan.seed());
      context.err().println("Fault seed " + seed + ": --fault-seed " + seed + " repeats this run.");
    }
    BrokerConfig config = config(log).withFaults(plan);
    // Before the port opens: from then on a signal must find its handler.
    StopSignal stop = context.stop().get();
    context.others().tell(signal -> signalled(signal, shown, stop));
    Broker started;
    try {
      started = Broker.start(config);
    } catch (IOException e) {
      return failed(
          e.getCause() instanceof UnknownHostException
              ? unknownAddress(e)
              : "Error: " + e.getMessage());
    }
    CompletableFuture<Integer> ended = ended();
    try (Broker broker = started) {
      running = broker;
      started(broker);
      Supplier<ControlTarget> target = () -> target(broker, stop);
      desk.open(broker.ports(), target, problem -> warn(desk.err(), problem));
      printPorts(config, broker);
      desk.prompt(target);
      CompletableFuture.anyOf(stop.requested(), broker.failure(), ended).join();
      desk.leave();
      if (broker.failure().isDone()) {
        if (isQuiet()) {
          desk.err().println("Error: the broker has failed: " + broker.failure().join());
        } // else its log has said so
        return ExitCode.FAILED;
      }
    }
    return ended.getNow(ExitCode.OK);
  }

  /** Returns the line for an address to listen on that is none. */
  String unknownAddress(IOException e) {
    return "Error: " + compatibility.escaped(String.valueOf(e.getMessage())) + ".";
  }

  /** Prints the ports that the system has chosen, one a line. */
  private void printPorts(BrokerConfig config, Broker broker) throws IOException {
    StringBuilder chosen = new StringBuilder();
    for (int i = 0; i < broker.ports().size(); i++) {
      int local = config.ports().size();
      boolean isFree =
          i < local
              ? config.ports().get(i) == 0
              : config.listeners().get(i - local).port() == 0
                  && config.listeners().get(i - local).path() == null;
      if (isFree) {
        chosen.append(broker.ports().get(i)).append('\n');
      }
    }
    if (!chosen.isEmpty()) {
      context.out().write(chosen.toString().getBytes(StandardCharsets.US_ASCII));
      context.out().flush();
    }
  }

  private Consumer<BrokerEvent> kept(Consumer<BrokerEvent> shown, ControlDesk desk) {
    return desk.isOn()
        ? event -> {
          desk.keep(new LogLine(event.at(), event.level().word(), event.size(), event::text));
          shown.accept(event);
        }
        : shown;
  }

  private static BrokerEvent told(FaultEvent fault) {
    return new BrokerEvent(
        Instant.now(),
        BrokerEvent.Level.NOTICE,
        BrokerEvent.Kind.FAULT,
        TerminalEscapes.forLog(fault.line()));
  }

  private static ControlTarget target(Broker broker, StopSignal stop) {
    return new BrokerTarget(broker.inspector(), broker.faults(), broker::inject, stop::request);
  }

  /** Logs the answer to a signal that tells mosquitto to read, to save or to list something. */
  private static void said(Consumer<BrokerEvent> shown, String text) {
    if (!text.isEmpty()) {
      shown.accept(
          new BrokerEvent(
              Instant.now(), BrokerEvent.Level.INFORMATION, BrokerEvent.Kind.BROKER, text));
    }
  }

  final void warn(PrintStream err, String text) {
    if (!isQuiet()) {
      err.println(compatibility.escaped(text));
    }
  }

  final int failed(String text) {
    context.err().println(text);
    return ExitCode.FAILED;
  }

  final boolean isQuiet() {
    return line.isQuiet();
  }

  final BrokerLine line() {
    return line;
  }

  final ProcessContext context() {
    return context;
  }

  final Compatibility compatibility() {
    return compatibility;
  }
}
