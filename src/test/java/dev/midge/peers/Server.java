package dev.midge.peers;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.Limits;
import dev.midge.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A broker to try the libraries on: ours, or mosquitto to see that the scenario itself is right.
 */
record Server(int port, boolean isOurs, Closing closing) implements AutoCloseable {

  interface Closing {
    void close() throws IOException;
  }

  interface Kind {
    /**
     * Starts one.
     *
     * @param lines of mosquitto's configuration: limits
     */
    Server start(String... lines) throws IOException;
  }

  static Server midge(String... lines) throws IOException {
    Limits.Builder limits = Limits.builder().maxQueuedMessages(0);
    for (String line : lines) {
      int number = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
      switch (line.substring(0, line.indexOf(' '))) {
        case "max_inflight_messages" -> limits.maxInflightMessages(number);
        case "max_packet_size" -> limits.maxPacketSize(number);
        case "max_keepalive" -> limits.maxKeepAlive(number);
        case "max_topic_alias" -> limits.maxTopicAlias(number);
        default -> throw new IllegalArgumentException(line);
      }
    }
    Broker broker = Broker.start(BrokerConfig.onFreePort().withLimits(limits.build()));
    return new Server(broker.port(), true, broker::close);
  }

  static Server mosquitto(String... lines) throws IOException {
    Path folder = Files.createTempDirectory("peers");
    String[] all =
        Stream.concat(
                Stream.of(
                    "listener PORT 127.0.0.1", "allow_anonymous true", "max_queued_messages 0"),
                Stream.of(lines))
            .toArray(String[]::new);
    Mosquitto mosquitto = Mosquitto.configured(folder, all);
    return new Server(
        mosquitto.port(),
        false,
        () -> {
          mosquitto.close();
          for (Path path : List.of(folder.resolve("mosquitto.conf"), folder)) {
            Files.deleteIfExists(path);
          }
        });
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
