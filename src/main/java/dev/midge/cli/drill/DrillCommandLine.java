package dev.midge.cli.drill;

import dev.midge.cli.DefaultPorts;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.client.EngineKind;
import dev.midge.lwt.DrillSpec;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import dev.midge.net.TlsSpec;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line that repeats a drill, for a shell. It goes into reports, so it holds no
 * password: where one was given it says {@code --pw-file FILE}.
 */
public final class DrillCommandLine {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private final StringBuilder line = new StringBuilder("midge lwt");

  private DrillCommandLine() {}

  /**
   * Returns the line, to which {@code --only ID} can be added.
   *
   * @param engine the engine that the user wants; null for none
   * @param proxyFaults whether rows of faults of the network were played
   * @param prefix the prefix that the user wants; null for none
   */
  public static String of(
      DrillBroker broker,
      @Nullable EngineKind engine,
      boolean proxyFaults,
      @Nullable String prefix,
      Duration patience) {
    DrillCommandLine words = new DrillCommandLine();
    if (!broker.embedded()) {
      words.place(broker.endpoint());
    }
    words.word("-V", version(broker.version()));
    if (!broker.embedded()) {
      words.way(broker.endpoint());
      words.value("-u", broker.username());
      words.value("--pw-file", broker.password() == null ? null : "FILE");
    }
    words.value("--engine", engine == null ? null : engine.word());
    words.flag("--proxy-faults", proxyFaults);
    words.value("--prefix", prefix);
    if (!patience.equals(DrillSpec.ARRIVAL_TIMEOUT)) {
      words.word("--patience", String.valueOf(patience.toMillis() / 1000.0));
    }
    return words.line.toString();
  }

  private static String version(ProtocolVersion version) {
    return switch (version) {
      case V5 -> "5";
      case V3_1_1 -> "311";
      case V3_1 -> "31";
    };
  }

  private void place(Endpoint endpoint) {
    if (endpoint.transport() == Transport.UNIX) {
      word("--unix", endpoint.host());
    } else {
      word("-h", endpoint.host());
      word("-p", String.valueOf(endpoint.port()));
    }
  }

  private void way(Endpoint endpoint) {
    flag("--ws", endpoint.transport() == Transport.WEBSOCKET);
    value("-A", endpoint.bindAddress());
    if (endpoint.proxy() != null) {
      String proxy = ConnectAttempt.address(endpoint.proxy().host(), endpoint.proxy().port());
      word("--proxy", "socks5h://" + proxy);
    }
    TlsSpec tls = endpoint.tls();
    if (tls == null) {
      flag("--no-tls", endpoint.port() == DefaultPorts.TLS);
      return;
    }
    value("--cafile", tls.caFile());
    value("--capath", tls.caPath());
    flag("--tls-use-os-certs", tls.systemCertificates());
    value("--cert", tls.certFile());
    value("--key", tls.keyFile());
    value("--tls-alpn", tls.alpn());
    value("--tls-version", tls.version());
    value("--ciphers", tls.ciphers());
    flag("--insecure", tls.insecure());
  }

  private void flag(String name, boolean given) {
    if (given) {
      line.append(' ').append(name);
    }
  }

  private void value(String name, @Nullable String word) {
    if (word != null) {
      word(name, word);
    }
  }

  private void word(String name, String word) {
    line.append(' ').append(name).append(' ').append(quoted(word));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
