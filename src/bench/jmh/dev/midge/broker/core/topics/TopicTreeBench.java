package dev.midge.broker.core.topics;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finds the subscribers of a topic among few and many filters. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class TopicTreeBench {
  private static final int TOPICS = 1 << 12;
  private static final int CLIENTS = 20;

  @Param({"100", "100000"})
  public int filters;

  private final Subscriptions tree = new Subscriptions();
  private final Outbox[] outboxes = new Outbox[CLIENTS];
  private final String[] topics = new String[TOPICS];
  private final String[] unknown = new String[TOPICS * 64];
  private int next;

  /** Half the filters have a wildcard in the middle, half have one in front and one at the end. */
  @Setup
  public void subscribed() {
    BrokerObserver observer = new BrokerObserver() {};
    MemoryGuard memoryGuard = new MemoryGuard(Memory.PLENTY, observer);
    for (int i = 0; i < CLIENTS; i++) {
      outboxes[i] = new Outbox("client-" + i, Limits.DEFAULT, observer, memoryGuard);
    }
    for (int i = 0; i < filters / 2; i++) {
      tree.add(subscription(i, "site/" + i + "/+/state"));
      tree.add(subscription(i + 7, "site/+/unit-" + i + "/#"));
    }
    for (int i = 0; i < TOPICS; i++) {
      topics[i] = topic(i, i);
    }
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = topic(i, i * 31);
    }
  }

  private String topic(int site, int unit) {
    return "site/" + site % (filters / 2) + "/unit-" + unit % (filters / 2) + "/state";
  }

  private SessionSubscription subscription(int client, String filter) {
    return new SessionSubscription(
        outboxes[client % CLIENTS], Subscription.of(filter, Qos.AT_MOST_ONCE), 0);
  }

  /** Topics that come again, as those of sensors do: answered from the cache. */
  @Benchmark
  public Object matchAgain() {
    return tree.match(topics[next++ & TOPICS - 1]);
  }

  /** More topics than are cached: the tree is walked. */
  @Benchmark
  public Object matchAnew() {
    return tree.match(unknown[next++ & unknown.length - 1]);
  }

  /** A client that comes and goes. */
  @Benchmark
  public void subscribeAndLeave() {
    SessionSubscription subscription = subscription(3, "site/17/#");
    tree.add(subscription);
    tree.remove(subscription.outbox(), subscription.filter());
  }
}
