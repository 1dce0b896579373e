package dev.midge.cli.broker;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.access.AccessFileException;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.TlsFiles;
import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.ExitCode;
import dev.midge.cli.Passphrase;
import dev.midge.cli.ProcessContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a broker that options describe, and no configuration file. */
final class OptionRun extends BrokerRun {
  private @Nullable TestTls made;

  OptionRun(ProcessContext context, Compatibility compatibility, BrokerLine line) {
    super(context, compatibility, line);
  }

  @Override
  public int run() throws IOException {
    try {
      return super.run();
    } catch (AccessFileException e) {
      failed(compatibility().escaped(String.valueOf(e.getMessage())));
      return ExitCode.BROKER_USAGE;
    } finally {
      forgetCertificates();
    }
  }

  private void forgetCertificates() {
    if (made != null) {
      made.close();
      made = null;
    }
  }

  @Override
  BrokerConfig config(Consumer<BrokerEvent> log) throws IOException {
    Security security = line().access().security(this::warn);
    BrokerConfig config =
        new OptionConfig(line().listen(), line().ports())
            .make(log, line().isVerbose(), tls(), security);
    warnOfStrangers();
    return config;
  }

  private void warn(String text) {
    warn(context().err(), text);
  }

  private @Nullable TlsFiles tls() throws IOException {
    CertificateOptions words = line().certificates();
    TlsFiles.Builder files;
    if (words.testAuthority != null) {
      made = TestTls.make(OptionPaths.path(words.testAuthority), line().listen().bind);
      files = made.files();
    } else if (words.certificate != null) {
      String key = Objects.requireNonNull(words.key);
      String question = compatibility().passphraseQuestion(key);
      files =
          TlsFiles.builder(OptionPaths.path(words.certificate), OptionPaths.path(key))
              .passphrase(new Passphrase(context().prompt(), question));
    } else {
      return null;
    }
    @Nullable Path authorities =
        words.authorities == null ? null : OptionPaths.path(words.authorities);
    return files.cafile(authorities).requireCertificate(words.requireCertificate).build();
  }

  /** Says who can connect where there are neither passwords nor certificates of clients. */
  private void warnOfStrangers() {
    String address = line().listen().bind;
    if (address == null
        || line().access().hasPasswords()
        || line().certificates().requireCertificate) {
      return;
    }
    try {
      if (!InetAddress.getByName(address).isLoopbackAddress()) {
        warn(
            "Warning: anybody who reaches "
                + address
                + " can connect"
                + (line().access().given() == null ? ", publish and read" : "")
                + ": there are no passwords.");
      }
    } catch (UnknownHostException e) {
      // It is told when the port is opened.
    }
  }

  @Override
  String unknownAddress(IOException e) {
    return "Error: --bind "
        + compatibility().escaped(String.valueOf(line().listen().bind))
        + " is neither an address nor a known name.";
  }

  @Override
  void started(Broker broker) {
    forgetCertificates();
    String file = line().certificates().testAuthority;
    if (file != null) {
      int port = broker.port();
      boolean isWebSocket = line().ports().isEmpty() && line().listen().webSocket != null;
      String bind = line().listen().bind;
      warn(
          "TLS for tests; "
              + file
              + " is what clients trust: midge sub --cafile "
              + file
              + (bind == null || isWildcard(bind) ? "" : " -h " + bind)
              + (isWebSocket ? " --ws" : "")
              + (port == DefaultPorts.TLS ? "" : " -p " + port)
              + " -t '#'");
    }
  }

  private static boolean isWildcard(String address) {
    try {
      return InetAddress.getByName(address).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
