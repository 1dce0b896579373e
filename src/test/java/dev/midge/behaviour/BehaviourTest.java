package dev.midge.behaviour;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.BrokerEvent;
import dev.midge.testing.MidgeRun;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A mini broker for each test, and the log of it. */
abstract class BehaviourTest {
  final List<BrokerEvent> log = new CopyOnWriteArrayList<>();
  Broker broker;

  @BeforeEach
  void startBroker() throws IOException {
    broker = Broker.start(new BrokerConfig(List.of(0), log::add, true));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  int port() {
    return broker.port();
  }

  /** A {@code midge sub} on those filters, subscribed when this returns. */
  MidgeRun subscriber(Object... options) {
    Object[] args = new Object[options.length + 4];
    args[0] = "sub";
    args[1] = "-p";
    args[2] = port();
    args[3] = "-d";
    System.arraycopy(options, 0, args, 4, options.length);
    return MidgeRun.start(args).awaitOut("Subscribed");
  }

  /** The lines of a subscriber that are messages and not of {@code -d}. */
  static List<String> messages(MidgeRun subscriber) {
    return subscriber
        .outText()
        .lines()
        .filter(line -> !line.startsWith("Client ") && !line.startsWith("Subscribed"))
        .toList();
  }

  boolean logSays(BrokerEvent.Kind kind, String text) {
    return log.stream().anyMatch(event -> event.kind() == kind && event.text().contains(text));
  }
}
