package dev.midge.rules;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Qos;
import dev.midge.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Whoever is held against the rules: our broker, or mosquitto to know that the rule is right. */
interface Server extends AutoCloseable {

  /** Starts one, with lines of mosquitto's configuration. */
  interface Kind {
    Server start(String... settings) throws IOException;

    /** Whether a connection may end with a reset where the rules want an orderly end. */
    boolean mayReset();
  }

  int port();

  @Override
  void close();

  Kind MIDGE =
      new Kind() {
        @Override
        public Server start(String... settings) throws IOException {
          Limits.Builder limits = Limits.builder();
          for (String setting : settings) {
            String[] words = setting.split(" ");
            set(limits, words[0], words[1]);
          }
          BrokerConfig config = BrokerConfig.onFreePort().withLimits(limits.build());
          return of(Broker.start(config));
        }

        @Override
        public boolean mayReset() {
          return false;
        }
      };

  Kind MOSQUITTO =
      new Kind() {
        @Override
        public Server start(String... settings) throws IOException {
          Path directory = Files.createTempDirectory("rules");
          // Listener keys must stand below the listener, global ones may.
          String[] lines = new String[settings.length + 2];
          lines[0] = "listener PORT 127.0.0.1";
          lines[1] = "allow_anonymous true";
          System.arraycopy(settings, 0, lines, 2, settings.length);
          return of(Mosquitto.configured(directory, lines), directory);
        }

        @Override
        public boolean mayReset() {
          return true;
        }
      };

  private static void set(Limits.Builder limits, String key, String value) {
    switch (key) {
      case "max_inflight_messages" -> limits.maxInflightMessages(Integer.parseInt(value));
      case "max_inflight_bytes" -> limits.maxInflightBytes(Long.parseLong(value));
      case "max_queued_messages" -> limits.maxQueuedMessages(Integer.parseInt(value));
      case "max_queued_bytes" -> limits.maxQueuedBytes(Long.parseLong(value));
      case "queue_qos0_messages" -> limits.queueQos0Messages(Boolean.parseBoolean(value));
      case "max_packet_size" -> limits.maxPacketSize(Integer.parseInt(value));
      case "message_size_limit" -> limits.messageSizeLimit(Integer.parseInt(value));
      case "max_keepalive" -> limits.maxKeepAlive(Integer.parseInt(value));
      case "max_topic_alias" -> limits.maxTopicAlias(Integer.parseInt(value));
      case "max_topic_alias_broker" -> limits.maxTopicAliasBroker(Integer.parseInt(value));
      case "max_qos" -> limits.maxQos(Qos.of(Integer.parseInt(value)));
      case "retain_available" -> limits.retainAvailable(Boolean.parseBoolean(value));
      case "allow_zero_length_clientid" ->
          limits.allowZeroLengthClientId(Boolean.parseBoolean(value));
      case "auto_id_prefix" -> limits.autoIdPrefix(value);
      case "upgrade_outgoing_qos" -> limits.upgradeOutgoingQos(Boolean.parseBoolean(value));
      case "allow_duplicate_messages" -> limits.allowDuplicateMessages(Boolean.parseBoolean(value));
      case "persistent_client_expiration" ->
          limits.persistentClientExpiration(
              Duration.ofSeconds(Long.parseLong(value.replace("s", ""))));
      default -> throw new IllegalArgumentException(key);
    }
  }

  private static Server of(Broker broker) {
    return new Server() {
      @Override
      public int port() {
        return broker.port();
      }

      @Override
      public void close() {
        broker.close();
      }
    };
  }

  private static Server of(Mosquitto mosquitto, Path directory) {
    return new Server() {
      @Override
      public int port() {
        return mosquitto.port();
      }

      @Override
      public void close() {
        mosquitto.close();
        try {
          Files.delete(directory.resolve("mosquitto.conf"));
          Files.delete(directory);
        } catch (IOException e) {
          // A file too many in the temporary folder harms nobody.
        }
      }
    };
  }
}
