package dev.midge.cli.proxy;

import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.Passphrase;
import dev.midge.cli.ProcessContext;
import dev.midge.cli.UsageException;
import dev.midge.cli.console.BatchedOutput;
import dev.midge.cli.fault.FaultPlanOptions;
import dev.midge.cli.fault.OutputFile;
import dev.midge.cli.options.ColourOption;
import dev.midge.cli.options.ControlOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.fault.FaultSide;
import dev.midge.net.tls.ServerContext;
import dev.midge.proxy.capture.CaptureFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The options of {@code midge proxy}. */
public final class ProxyOptions implements OptionTable.Source {
  private final ProcessContext context;
  private final Compatibility compatibility = MidgeCompatibility.INSTANCE;
  private final BrokersOptions brokers;
  private final FaultPlanOptions faults = new FaultPlanOptions(FaultSide.PROXY);
  private final ColourOption colour = new ColourOption();
  private final ControlOptions control = new ControlOptions();
  private int port = DefaultPorts.MQTT;
  private @Nullable String bind;
  private @Nullable String certificate;
  private @Nullable String key;
  private @Nullable String pcap;
  private boolean json;
  private boolean quiet;

  /** Makes them; the context has somebody to ask for the passphrase of a key. */
  public ProxyOptions(ProcessContext context) {
    this.context = context;
    brokers = new BrokersOptions(context.prompt());
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.LISTENER)
        .add(
            Option.value(
                    "PORT",
                    "no port",
                    "Port to listen on (default: 1883); 0 takes a free one and prints it as the first line"
                        + " of standard output.",
                    word ->
                        port =
                            compatibility.number(
                                word,
                                compatibility.leastListeningPort(),
                                65535,
                                "Error: Invalid port specified ({}).",
                                ""),
                    "-p",
                    "--port")
                .own())
        .add(
            Option.value(
                    "ADDRESS",
                    "no address",
                    "Listen on this address of the machine, not on the loopback addresses;"
                        + " '0.0.0.0' or '::' for all. Whoever reaches it reaches the brokers.",
                    word -> bind = word,
                    "--bind")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "Speak TLS with clients: the certificate and its chain, PEM.",
                    word -> certificate = word,
                    "--listen-cert")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "The private key of that certificate, PEM.",
                    word -> key = word,
                    "--listen-key")
                .own())
        .under(OptionGroup.OUTPUT)
        .add(
            Option.flag("Print packets as JSON, one object a line.", () -> json = true, "--json")
                .own())
        .add(
            Option.flag("Print neither packets nor events.", () -> quiet = true, "-q", "--quiet")
                .own());
    table.add(
        Option.value(
                "FILE",
                "no file",
                "Write what is passed on to a capture file for Wireshark. Passwords are written as asterisks.",
                word -> pcap = word,
                "--pcap")
            .own());
    colour.addTo(table);
    brokers.addTo(table);
    faults.addTo(table);
    control.addTo(table);
  }

  ControlOptions control() {
    return control;
  }

  int port() {
    return port;
  }

  /**
   * Begins the file of {@code --pcap}; returns null when none is wanted.
   *
   * @param onFailure told, once, that it can be written no more
   * @throws UsageException when it cannot be written
   */
  @Nullable CaptureFile capture(Consumer<IOException> onFailure) throws IOException {
    return pcap == null ? null : new CaptureFile(OutputFile.open(pcap, "--pcap"), onFailure);
  }

  /**
   * Reads the files of {@code --listen-cert} and {@code --listen-key}; returns null for plain TCP.
   *
   * @throws UsageException when one is given without the other
   * @throws IOException when one is no good
   */
  @Nullable SSLContext tls() throws IOException {
    String certfile = certificate;
    String keyfile = key;
    if (certfile == null && keyfile == null) {
      return null;
    }
    if (certfile == null || keyfile == null) {
      throw new UsageException("Error: --listen-cert and --listen-key need each other: give both.");
    }
    return ServerContext.of(
        Path.of(certfile),
        Path.of(keyfile),
        new Passphrase(context.prompt(), compatibility.passphraseQuestion(keyfile)));
  }

  @Nullable String bind() {
    return bind;
  }

  BrokersOptions brokers() {
    return brokers;
  }

  FaultPlanOptions faults() {
    return faults;
  }

  public ColourOption colour() {
    return colour;
  }

  public boolean isQuiet() {
    return quiet;
  }

  public boolean isJson() {
    return json;
  }

  @Nullable PacketPrinter printer(BatchedOutput out, Clock clock, WallTime time) {
    if (quiet) {
      return null;
    }
    return json ? new JsonPrinter(out, clock) : new LinePrinter(out, colour.out(context), time);
  }
}
