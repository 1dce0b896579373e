package dev.midge.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.testing.WireEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A thousand connections through one proxy. */
class ManyConnectionsIT {
  private static final int COUNT = 1000;

  @Test
  void noneIsDelayedByOneThatDoesNotRead() throws Exception {
    List<WireEnd> clients = new ArrayList<>();
    List<WireEnd> brokers = new ArrayList<>();
    List<Dialogue.Step> steps = Dialogue.steps(false);
    try (ProxyStand stand = ProxyStand.with("drop@random:0")) {
      for (int i = 0; i < COUNT; i++) {
        clients.add(stand.client());
        brokers.add(stand.broker());
        ProxyStand.pass(clients.get(i), brokers.get(i), steps.get(0));
        ProxyStand.pass(clients.get(i), brokers.get(i), steps.get(1));
      }
      assertThat(stand.proxy().connections()).hasSize(COUNT);
      WireEnd flooding = brokers.get(COUNT / 2);
      AtomicBoolean over = new AtomicBoolean();
      Thread flood = flood(flooding, over);
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < COUNT; i++) {
          if (i != COUNT / 2) {
            ProxyStand.pass(clients.get(i), brokers.get(i), steps.get(4));
            ProxyStand.pass(clients.get(i), brokers.get(i), steps.get(5));
          }
        }
      }
      assertThat(flood.isAlive()).as("the flood still waits for its reader").isTrue();
      over.set(true);
      for (int i = 0; i < COUNT; i++) {
        clients.get(i).close();
        brokers.get(i).close();
      }
      flood.join();
    }
  }

  private static Thread flood(WireEnd broker, AtomicBoolean over) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!over.get()) {
                  broker.send(new byte[64 * 1024]);
                }
              } catch (IOException closed) {
                // The end of the test.
              }
            });
    thread.start();
    return thread;
  }
}
