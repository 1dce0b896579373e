package dev.midge.cli.broker;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.config.file.BrokerFile;
import dev.midge.broker.config.file.ConfigFileException;
import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.ExitCode;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.console.BrokerLog;
import dev.midge.fault.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a broker with a configuration file, which SIGHUP has read again. */
final class FileRun extends BrokerRun {
  private final Path path;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private volatile @Nullable Broker broker;
  private @Nullable BrokerFile file; // read before all else
  private @Nullable ConfiguredLog log; // null with -q
  private Consumer<BrokerEvent> sink = event -> {};

  FileRun(ProcessContext context, Compatibility compatibility, BrokerLine line, Path path) {
    super(context, compatibility, line);
    this.path = path;
  }

  @Override
  public int run() throws IOException {
    try {
      file = BrokerFile.read(path);
    } catch (ConfigFileException e) {
      failed(String.valueOf(e.getMessage()));
      return ExitCode.BROKER_USAGE;
    }
    if (line().testsFile()) {
      file.warnings().forEach(each -> warn(context().err(), each));
      warn(context().err(), "Configuration file is OK.");
      return ExitCode.OK;
    }
    PidFile pid = PidFile.write(file.pidFile());
    try {
      return super.run();
    } finally {
      pid.remove();
      if (log != null) {
        log.close();
      }
    }
  }

  private BrokerFile file() {
    return Objects.requireNonNull(file);
  }

  @Override
  Consumer<BrokerEvent> shown(BrokerLog err) {
    if (isQuiet()) {
      return event -> {};
    }
    ConfiguredLog made =
        new ConfiguredLog(
            err,
            context().out(),
            line().isVerbose(),
            complaint -> context().err().println(compatibility().escaped(complaint)),
            file().log());
    log = made;
    return made::event;
  }

  @Override
  BrokerConfig config(Consumer<BrokerEvent> taker) {
    sink = taker;
    file().warnings().forEach(each -> tell(BrokerEvent.Level.WARNING, each));
    return file().toConfig(ports(), taker, line().isVerbose());
  }

  @Override
  List<Fault> faults() {
    return file().faults();
  }

  private List<Integer> ports() {
    return line().ports().isEmpty() ? List.of(DefaultPorts.MQTT) : line().ports();
  }

  private void tell(BrokerEvent.Level level, String text) {
    for (String each : text.split("\n")) {
      sink.accept(new BrokerEvent(Instant.now(), level, BrokerEvent.Kind.BROKER, each));
    }
  }

  @Override
  void started(Broker running) {
    broker = running;
  }

  @Override
  String signalled(String signal) {
    Broker running = broker;
    if (!signal.equals("SIGHUP")) {
      return super.signalled(signal);
    }
    if (running != null) {
      reload(running);
    } // else the file was read a moment ago
    return "";
  }

  /**
   * Puts the file in force again. One that is no good changes nothing; but where passwords or
   * access rules cannot be read, nobody may rely on the old ones, and the broker ends.
   */
  private void reload(Broker running) {
    try {
      BrokerFile again = BrokerFile.read(path);
      if (log != null) {
        log.use(again.log());
      }
      again.warnings().forEach(each -> tell(BrokerEvent.Level.WARNING, each));
      running.reload(again.toConfig(ports(), sink, line().isVerbose()));
    } catch (ConfigFileException e) {
      tell(BrokerEvent.Level.ERROR, String.valueOf(e.getMessage()));
      if (e.isOfAccessFile()) {
        ended.complete(ExitCode.BROKER_USAGE);
      }
    } catch (IOException e) {
      tell(BrokerEvent.Level.ERROR, "Error: " + e.getMessage());
    }
  }

  @Override
  CompletableFuture<Integer> ended() {
    return ended;
  }
}
