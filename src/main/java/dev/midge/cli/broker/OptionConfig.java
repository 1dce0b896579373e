package dev.midge.cli.broker;

import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.ListenerSpec;
import dev.midge.broker.access.Security;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.broker.config.TlsFiles;
import dev.midge.cli.DefaultPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes a broker's configuration of the options, where there is no configuration file. */
final class OptionConfig {
  private static final String PERSISTENCE_FILE = "midge.db";

  private final ListenOptions listen;
  private final List<Integer> ports;

  /**
   * Makes one.
   *
   * @param ports of {@code -p}; empty for the default
   */
  OptionConfig(ListenOptions listen, List<Integer> ports) {
    this.listen = listen;
    this.ports = ports;
  }

  /** Returns the ports for MQTT: the default, unless the line names some place to listen. */
  private List<Integer> ports(boolean isTls) {
    return !ports.isEmpty()
        ? ports
        : listen.webSocket != null || listen.unix != null
            ? List.of()
            : List.of(isTls ? DefaultPorts.TLS : DefaultPorts.MQTT);
  }

  /**
   * Returns the configuration.
   *
   * @param tls of all ports; null for none
   * @throws IOException when the directory for the state cannot be made
   */
  BrokerConfig make(
      Consumer<BrokerEvent> log, boolean verbose, @Nullable TlsFiles tls, Security security)
      throws IOException {
    List<ListenerSpec> listeners = new ArrayList<>();
    List<Integer> mqtt = ports(tls != null);
    boolean isLocal = listen.bind == null && tls == null;
    UnaryOperator<ListenerSpec> placed = spec -> placed(spec, tls).withSecurity(security);
    if (!isLocal) {
      mqtt.forEach(port -> listeners.add(placed.apply(ListenerSpec.tcp(port))));
    }
    if (listen.webSocket != null) {
      listeners.add(placed.apply(ListenerSpec.webSocket(listen.webSocket)));
    }
    if (listen.unix != null) {
      Path path = OptionPaths.path(listen.unix);
      listeners.add(ListenerSpec.unix(path).withSecurity(security));
    }
    return new BrokerConfig(isLocal ? mqtt : List.of(), log, verbose, limits(), listeners)
        .withPortSecurity(security)
        .withSettings(settings());
  }

  private ListenerSpec placed(ListenerSpec spec, @Nullable TlsFiles tls) {
    ListenerSpec there = listen.bind == null ? spec : spec.on(listen.bind);
    return tls == null ? there : there.withTls(tls);
  }

  private Limits limits() {
    Limits.Builder limits = Limits.builder();
    if (listen.maxPacketSize != null) {
      limits.maxPacketSize(listen.maxPacketSize);
    }
    if (listen.maxKeepAlive != null) {
      limits.maxKeepAlive(listen.maxKeepAlive);
    }
    return limits.build();
  }

  private BrokerSettings settings() throws IOException {
    if (listen.persistence == null) {
      return BrokerSettings.WITH_SYS;
    }
    Path directory = OptionPaths.path(listen.persistence);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new IOException("--persistence: " + directory + " cannot be made.", e);
    }
    // At each change: what a client was told to be safe is safe.
    return BrokerSettings.WITH_SYS.withPersistence(
        new PersistenceSpec(directory.resolve(PERSISTENCE_FILE), 1, true));
  }
}
