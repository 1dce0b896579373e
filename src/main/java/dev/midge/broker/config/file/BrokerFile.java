package dev.midge.broker.config.file;

import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.LogSettings;
import dev.midge.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file in mosquitto's form, as values. {@link #read} takes it in, with the password
 * and access files that it names; {@link #toConfig} makes what {@link dev.midge.broker.Broker}
 * starts from, or what it takes over at a reload.
 *
 * @param file that was read
 * @param listeners that it defines; empty in local-only mode, where the ports of the command line
 *     count
 * @param security at the ports of local-only mode
 * @param limits of the broker
 * @param settings of the broker
 * @param log how it logs
 * @param pidFile that holds the process identifier while the broker runs; null for none
 * @param faults that happen to connections from the start
 * @param warnings whole lines without time, in the order of the file
 */
public record BrokerFile(
    Path file,
    List<ListenerSpec> listeners,
    Security security,
    Limits limits,
    BrokerSettings settings,
    LogSettings log,
    @Nullable Path pidFile,
    List<Fault> faults,
    List<String> warnings) {

  public BrokerFile {
    listeners = List.copyOf(listeners);
    faults = List.copyOf(faults);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a file, the files of its {@code include_dir}, and the password and access files that they
   * name. Files for TLS and persistence are not looked at before the broker starts.
   *
   * @throws ConfigFileException when one of them is missing or no good; status 3
   */
  public static BrokerFile read(Path file) throws ConfigFileException {
    return read(file, Assembly.AccessFiles.ON_DISK);
  }

  static BrokerFile read(Path file, Assembly.AccessFiles access) throws ConfigFileException {
    Draft draft = new Draft();
    new FileReading(draft).read(file);
    Assembly assembly = new Assembly(draft, access);
    try {
      assembly.check();
      List<ListenerSpec> listeners = assembly.listeners();
      return new BrokerFile(
          file,
          listeners,
          assembly.security(),
          assembly.limits(),
          assembly.settings(),
          draft.log.settings(),
          draft.pidFile,
          draft.faults,
          List.copyOf(draft.warnings));
    } catch (BadValue e) {
      throw new ConfigFileException(String.valueOf(e.getMessage()));
    }
  }

  /** Tells whether the file defines no listener, so that the ports of the command line count. */
  public boolean isLocalOnly() {
    return listeners.isEmpty();
  }

  /**
   * Returns a broker's configuration.
   *
   * @param ports of the command line, on the loopback addresses; they are left out if the file
   *     defines a listener
   * @param log takes the events, on the broker's thread; types that the file does not want as well
   * @param verbose true if the command line wants all types of lines
   */
  public BrokerConfig toConfig(List<Integer> ports, Consumer<BrokerEvent> log, boolean verbose) {
    return new BrokerConfig(
        isLocalOnly() ? ports : List.of(),
        security,
        log,
        verbose || this.log.isVerbose(),
        limits,
        listeners,
        null,
        settings,
        file);
  }
}
