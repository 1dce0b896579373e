package dev.midge.broker.persist;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.PersistenceSpec;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A broker that keeps its state in a file, and is stopped and started again. */
final class RestartedBroker implements AutoCloseable {
  final Path file;
  final List<String> log = new CopyOnWriteArrayList<>();
  private final PersistenceSpec spec;
  private final Limits limits;
  private Broker broker;

  RestartedBroker(Path file, int autosaveInterval, boolean onChanges) throws IOException {
    this(new PersistenceSpec(file, autosaveInterval, onChanges), Limits.DEFAULT);
  }

  RestartedBroker(PersistenceSpec spec, Limits limits) throws IOException {
    this.file = spec.file();
    this.spec = spec;
    this.limits = limits;
    start();
  }

  /** Each change is on disk before a client hears of it. */
  static RestartedBroker careful(Path file) throws IOException {
    return new RestartedBroker(file, 1, true);
  }

  void start() throws IOException {
    broker =
        Broker.start(
            new BrokerConfig(List.of(0), this::log, false, limits)
                .withSettings(BrokerSettings.DEFAULT.withPersistence(spec)));
  }

  private void log(BrokerEvent event) {
    log.add(event.level() + " " + event.text());
  }

  void restart() throws IOException {
    broker.close();
    start();
  }

  Broker broker() {
    return broker;
  }

  int port() {
    return broker.port();
  }

  /** Connects with a session that is kept for so many seconds. */
  Kept connect(String clientId, boolean cleanStart, long expiry, @Nullable Will will)
      throws IOException {
    Properties properties = Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry);
    Connect connect = RawClient.connect(ProtocolVersion.V5, clientId, cleanStart, will, properties);
    RawClient client = RawClient.open(port(), ProtocolVersion.V5);
    client.send(connect);
    return new Kept(client, client.expect(Connack.class).sessionPresent());
  }

  Kept begin(String clientId) throws IOException {
    return connect(clientId, true, 3600, null);
  }

  Kept resume(String clientId) throws IOException {
    return connect(clientId, false, 3600, null);
  }

  record Kept(RawClient client, boolean sessionPresent) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
