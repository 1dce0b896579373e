package dev.midge.cli.proxy;

import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.BatchedOutput;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.control.ControlDesk;
import dev.midge.cli.fault.OutputFile;
import dev.midge.client.StopSignal;
import dev.midge.control.ControlTarget;
import dev.midge.control.LogLine;
import dev.midge.fault.plan.FaultPlan;
import dev.midge.net.Endpoint;
import dev.midge.proxy.Proxy;
import dev.midge.proxy.ProxyConfig;
import dev.midge.proxy.capture.CaptureFile;
import dev.midge.proxy.event.ProxyListener;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One run of the proxy, until a signal ends it. */
public final class ProxyRun {
  private final ProcessContext context;
  private final ProxyOptions options;
  private volatile boolean failed;

  public ProxyRun(ProcessContext context, ProxyOptions options) {
    this.context = context;
    this.options = options;
  }

  /**
   * Runs it.
   *
   * @return the exit status
   */
  public int run(StandardOutput out) throws IOException {
    try (ControlDesk desk = new ControlDesk(context, options.control(), true)) {
      return run(out, desk);
    }
  }

  private int run(StandardOutput out, ControlDesk desk) throws IOException {
    List<Endpoint> brokers = options.brokers().endpoints();
    // Before the port opens: from then on a signal must find its handler.
    StopSignal stop = context.stop().get();
    out.onFailure(failure -> stop.request());
    Clock clock = context.clock().get();
    WallTime time = new WallTime(clock);
    ProxyTalk talk =
        new ProxyTalk(
            // What is not printed is kept all the same, for midge ctl log.
            options.isQuiet() ? new PrintStream(OutputStream.nullOutputStream()) : desk.err(),
            options.colour().err(context),
            time,
            brokers.stream().anyMatch(each -> each.tls() != null && each.tls().certFile() != null),
            text -> desk.keep(new LogLine(clock.instant(), "information", text)));
    ProxyWaits waits = new ProxyWaits();
    try (CaptureFile capture =
        options.capture(failure -> cannotWrite(OutputFile.unwritable("--pcap", failure), stop))) {
      FaultPlan plan = options.faults().toPlan(talk::fault, line -> cannotWrite(line, stop));
      BatchedOutput batched = new BatchedOutput(out);
      List<ProxyListener> others = new ArrayList<>();
      others.add(waits);
      others.add(talk);
      if (capture != null) {
        others.add(capture);
      }
      ProxyListener listener =
          new ProxyConsole(batched, options.printer(batched, clock, time), others);
      ProxyConfig config =
          new ProxyConfig(options.port(), options.bind(), brokers, plan, listener, options.tls());
      return run(config, batched, talk, stop, desk, waits);
    }
  }

  private int run(
      ProxyConfig config,
      BatchedOutput out,
      ProxyTalk talk,
      StopSignal stop,
      ControlDesk desk,
      ProxyWaits waits)
      throws IOException {
    Proxy started;
    try {
      warn();
      started = Proxy.start(config);
    } catch (IOException e) {
      context
          .err()
          .println(
              e.getCause() instanceof UnknownHostException
                  ? "Error: --bind "
                      + TerminalEscapes.escaped(String.valueOf(config.bind()))
                      + " is neither an address nor a known name."
                  : "Error: " + e.getMessage());
      return ExitCode.FAILED;
    }
    try (Proxy proxy = started) {
      if (config.port() == 0) {
        out.write((proxy.port() + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      hello(config, proxy, talk);
      Supplier<ControlTarget> target = () -> new ProxyTarget(proxy, waits, stop::request);
      desk.open(List.of(proxy.port()), target, warning -> warn(desk, warning));
      desk.prompt(target);
      stop.requested().join();
      desk.leave();
    }
    out.flush();
    return failed ? ExitCode.FAILED : ExitCode.OK;
  }

  private void hello(ProxyConfig config, Proxy proxy, ProxyTalk talk) {
    talk.line("Listening on port " + proxy.port() + ", for " + options.brokers().text());
    FaultPlan plan = config.faults();
    if (plan.isRandom()) {
      talk.line(
          "Fault seed " + plan.seed() + ": --fault-seed " + plan.seed() + " repeats this run.");
    }
  }

  private void warn(ControlDesk desk, String line) {
    if (!options.isQuiet()) {
      desk.err().println(TerminalEscapes.escaped(line));
    }
  }

  private void warn() {
    String warning = options.brokers().warning();
    if (warning != null && !options.isQuiet()) {
      context.err().println(warning);
    }
  }

  private void cannotWrite(String line, StopSignal stop) {
    failed = true;
    context.err().println(line);
    stop.request();
  }
}
