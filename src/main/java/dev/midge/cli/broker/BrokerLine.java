package dev.midge.cli.broker;

import dev.midge.cli.Compatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.fault.FaultPlanOptions;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.options.ControlOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.fault.FaultSide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@code midge broker}. */
public final class BrokerLine implements OptionTable.Source {
  private static final int MOST_PORTS = 10;

  private final Compatibility compatibility;
  private final List<Integer> ports = new ArrayList<>();
  private final ColourOption colour = new ColourOption();
  private final ControlOptions control = new ControlOptions();
  private final FaultPlanOptions faults = new FaultPlanOptions(FaultSide.BROKER);
  private final ListenOptions listen;
  private final CertificateOptions certificates = new CertificateOptions();
  private final AccessOptions access = new AccessOptions();
  private @Nullable String file;
  private boolean testsFile;
  private boolean verbose;
  private boolean quiet;

  /** Makes one that nobody has told anything. */
  public BrokerLine(Compatibility compatibility) {
    this.compatibility = compatibility;
    this.listen = new ListenOptions(compatibility);
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.LISTENER)
        .add(
            Option.value(
                "PORT",
                "Error: -p argument given, but no port specified.",
                "Port to listen on (default: 1883), up to ten times; 0 takes a free one and prints it on standard output. It is ignored if a configuration file defines a listener.",
                this::port,
                "-p",
                "--port"))
        .under(OptionGroup.OUTPUT)
        .add(Option.flag("Log every packet too.", () -> verbose = true, "-v", "--verbose"))
        .add(Option.flag("Log nothing.", () -> quiet = true, "-q", "--quiet"));
    table.later(this::addFileTo);
    table.later(listen);
    table.later(certificates);
    table.later(access);
    table.later(colour);
    table.later(control);
    table.later(faults);
  }

  private void addFileTo(OptionTable table) {
    table
        .under(OptionGroup.CONFIGURATION)
        .add(
            Option.value(
                "FILE",
                "Error: -c argument given, but no config file specified.",
                "Read this configuration file, which has mosquitto's form, at the start and at SIGHUP.",
                word -> file = word,
                "-c",
                "--config-file"))
        .add(
            Option.flag(
                "Check the configuration file, and end.", () -> testsFile = true, "--test-config"))
        .under(OptionGroup.UNSUPPORTED)
        .add(
            Option.flag(
                "A JVM cannot become a daemon by itself.",
                () -> {
                  throw new UsageException(
                      "Error: -d is not supported: a JVM cannot become a daemon by itself.");
                },
                "-d",
                "--daemon"));
  }

  private void port(String word) {
    if (ports.size() == MOST_PORTS) {
      throw new UsageException("Error: Only 10 ports can be given.");
    }
    ports.add(
        compatibility.number(
            word,
            compatibility.leastListeningPort(),
            65535,
            "Error: Invalid port specified ({}).",
            ""));
  }

  /**
   * Checks that the options go together.
   *
   * @throws UsageException when they do not
   */
  void check() {
    certificates.check();
    String instead = listen.given();
    instead = instead == null ? certificates.given() : instead;
    instead = instead == null ? access.given() : instead;
    if (file != null && instead != null) {
      throw new UsageException(
          "Error: " + instead + " and -c exclude each other: the file says that.");
    }
    if (testsFile && file == null) {
      throw new UsageException("Error: Please provide a configuration file to test.", ": -c FILE.");
    }
  }

  /** Returns the ports that the user has named. */
  List<Integer> ports() {
    return ports;
  }

  ListenOptions listen() {
    return listen;
  }

  CertificateOptions certificates() {
    return certificates;
  }

  AccessOptions access() {
    return access;
  }

  /** Returns the configuration file; null for none. */
  @Nullable Path file() {
    return file == null ? null : OptionPaths.path(file);
  }

  boolean testsFile() {
    return testsFile;
  }

  ControlOptions control() {
    return control;
  }

  FaultPlanOptions faults() {
    return faults;
  }

  public ColourOption colour() {
    return colour;
  }

  boolean isVerbose() {
    return verbose && !quiet;
  }

  public boolean isQuiet() {
    return quiet;
  }
}
