package dev.midge.broker.persist;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.config.PersistenceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own, to be killed: prints its port, and its log to stderr. */
public final class KeptBrokerMain {
  private KeptBrokerMain() {}

  /**
   * Takes the file, the autosave interval, whether changes are counted, and the milliseconds after
   * which a new snapshot is written each time; 0 for none.
   */
  public static void main(String[] args) throws IOException {
    PersistenceSpec spec =
        new PersistenceSpec(
            Path.of(args[0]), Integer.parseInt(args[1]), Boolean.parseBoolean(args[2]));
    Broker broker =
        Broker.start(
            new BrokerConfig(
                    List.of(0),
                    event -> System.err.println(event.level() + " " + event.text()),
                    false,
                    Limits.builder().maxQueuedMessages(0).build())
                .withSettings(BrokerSettings.DEFAULT.withPersistence(spec)));
    int snapshots = Integer.parseInt(args[3]);
    if (snapshots > 0) {
      Executors.newSingleThreadScheduledExecutor()
          .scheduleWithFixedDelay(broker::save, 0, snapshots, TimeUnit.MILLISECONDS);
    }
    System.out.println(broker.port());
    broker.failure().join();
  }
}
