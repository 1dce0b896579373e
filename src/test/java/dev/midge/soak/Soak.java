package dev.midge.soak;

import dev.midge.broker.Broker;
import dev.midge.broker.BrokerConfig;
import dev.midge.broker.config.Limits;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * The soak: a broker, and many clients that connect, publish, subscribe, die abruptly and come
 * back. At the end nothing is lost, nothing doubled, nothing left over. Run by {@code
 * src/bench/soak} for as long as one likes, by {@link SoakIT} for a minute.
 */
public final class Soak {
  private static final int CLIENTS = 50;
  private static final int GROUP = 5; // members of the shared subscription
  private static final int FRIENDS = 3; // publishers that each client listens to
  private static final long MOST_MISSING = 3_000; // published and not arrived: then they wait
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(120);

  private final Duration duration;
  private final long seed;
  private final PrintStream out;
  private final Ledger ledger = new Ledger(CLIENTS);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;
  private volatile boolean drained;
  private volatile boolean fast = true;

  public Soak(Duration duration, long seed, PrintStream out) {
    this.duration = duration;
    this.seed = seed;
    this.out = out;
  }

  /** Usage: [seconds [seed]]. */
  public static void main(String[] words) throws Exception {
    Duration duration = Duration.ofSeconds(words.length > 0 ? Long.parseLong(words[0]) : 1800);
    long seed = words.length > 1 ? Long.parseLong(words[1]) : System.currentTimeMillis();
    List<String> problems = new Soak(duration, seed, System.out).run();
    problems.forEach(System.out::println);
    System.out.println(problems.isEmpty() ? "all is well" : problems.size() + " problems");
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  /**
   * Runs it.
   *
   * @return what went wrong; empty if all is well
   */
  public List<String> run() throws Exception {
    out.println("soak of " + duration.toSeconds() + " s, seed " + seed);
    // Once for the descriptors that a first run opens for good.
    try (Broker first = broker();
        RawClient raw = RawClient.connected(first.port(), ProtocolVersion.V5, "first")) {
      raw.expectNothing();
    }
    Vitals before = Vitals.now();
    try (Broker broker = broker()) {
      soak(broker);
      BrokerView view = new BrokerView(broker);
      if (!comesTrue(Duration.ofSeconds(20), view::isEmpty)) {
        ledger.violation("left in the broker: " + view);
      }
    }
    if (!comesTrue(Duration.ofSeconds(20), () -> isAsBefore(before, Vitals.now()))) {
      ledger.violation("left in the process: " + before + " became " + Vitals.now());
    }
    return ledger.violations();
  }

  private static boolean isAsBefore(Vitals before, Vitals after) {
    TreeSet<String> more = new TreeSet<>(after.threads());
    more.removeAll(before.threads());
    return more.isEmpty() && after.descriptors() <= before.descriptors();
  }

  private static Broker broker() throws IOException {
    // A session may wait for all that can be under way at once: nothing is dropped for good reason.
    Limits limits = Limits.builder().maxQueuedMessages(100_000).build();
    return Broker.start(BrokerConfig.onFreePort().withLimits(limits));
  }

  private void soak(Broker broker) throws Exception {
    Random random = new Random(seed);
    List<SoakClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new SoakClient(i, broker.port(), ledger, random, subscriptions(i, random)));
    }
    SoakClient watcher =
        new SoakClient(
            CLIENTS,
            broker.port(),
            ledger,
            random,
            List.of(Subscription.of("soak/will/#", Qos.EXACTLY_ONCE)));
    watcher.subscribe();
    for (SoakClient client : clients) {
      client.subscribe();
    }
    start("soak-watcher", () -> watcher.stay(() -> drained));
    for (SoakClient client : clients) {
      long clientSeed = random.nextLong();
      start("soak-" + client.index, () -> spend(client, new Random(clientSeed)));
    }
    List<Long> heaps = watch();
    over = true;
    out.println("draining " + ledger.missing() + " messages");
    if (!comesTrue(LONGEST_DRAIN, () -> ledger.missing() == 0)) {
      ledger.violation(ledger.missing() + " messages do not come");
    }
    Thread.sleep(1_000); // what comes now comes twice
    drained = true;
    for (Thread thread : threads) {
      thread.join(30_000);
      if (thread.isAlive()) {
        ledger.violation(thread.getName() + " does not end");
      }
    }
    ledger.close();
    for (SoakClient client : clients) {
      client.leave();
    }
    watcher.leave();
    clearRetained(broker.port());
    report(heaps);
  }

  private List<Subscription> subscriptions(int subscriber, Random random) {
    List<Subscription> all = new ArrayList<>();
    if (subscriber < GROUP) {
      all.add(Subscription.of("$share/group/soak/SHARED/#", Qos.EXACTLY_ONCE));
    }
    if (subscriber == 0) {
      for (int publisher = 0; publisher < CLIENTS; publisher++) {
        ledger.subscribed(Life.Stream.SHARED, subscriber, publisher);
      }
    }
    TreeSet<Integer> friends = new TreeSet<>();
    while (friends.size() < FRIENDS) {
      friends.add(random.nextInt(CLIENTS));
    }
    for (int publisher : friends) {
      for (Life.Stream stream : List.of(Life.Stream.ZERO, Life.Stream.ONE, Life.Stream.TWO)) {
        ledger.subscribed(stream, subscriber, publisher);
        all.add(Subscription.of("soak/" + stream + "/" + publisher, Qos.of(stream.ordinal())));
      }
    }
    return all;
  }

  private interface Job {
    void run() throws Exception;
  }

  private void start(String name, Job job) {
    Thread thread =
        new Thread(
            () -> {
              try {
                job.run();
              } catch (Exception | AssertionError e) {
                ledger.violation(name + " failed: " + e);
                e.printStackTrace(out);
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Life after life, and at the end one in peace, in which all that is left arrives. */
  private void spend(SoakClient client, Random random) throws Exception {
    for (int number = 0; !over; number++) {
      client.live(Life.draw(number, random), () -> fast && !over);
    }
    client.stay(() -> drained);
  }

  /** Looks at memory from time to time, and holds the publishers back if too much is under way. */
  private List<Long> watch() throws InterruptedException {
    List<Long> heaps = new ArrayList<>();
    long start = System.nanoTime();
    long step = duration.toNanos() / 30;
    long next = start + step;
    while (System.nanoTime() - start < duration.toNanos()) {
      Thread.sleep(200);
      fast = ledger.missing() < MOST_MISSING;
      if (System.nanoTime() >= next) {
        next += step;
        heaps.add(Vitals.heapNow());
        if (heaps.size() % 5 == 0) {
          out.printf(
              "%5d s: %d published, %d arrived, %d wills, heap %.1f MB%n",
              (System.nanoTime() - start) / 1_000_000_000L,
              ledger.publishedCount(),
              ledger.arrivals(),
              ledger.willCount(),
              heaps.get(heaps.size() - 1) / 1e6);
        }
      }
    }
    return heaps;
  }

  private void clearRetained(int port) throws IOException {
    try (RawClient raw = RawClient.connected(port, ProtocolVersion.V3_1_1, "janitor")) {
      for (int i = 0; i < CLIENTS; i++) {
        for (int n = 0; n < 3; n++) {
          raw.publish(
              Message.of("soak/RETAINED/" + i + "/" + n, new byte[0], Qos.AT_MOST_ONCE, true));
        }
      }
      raw.expectNothing();
    }
  }

  private void report(List<Long> heaps) {
    out.printf(
        "%d published, %d arrived, %d of QoS 1 came again, %d wills%n",
        ledger.publishedCount(), ledger.arrivals(), ledger.repeats(), ledger.willCount());
    if (heaps.size() < 9) {
      return;
    }
    int third = heaps.size() / 3;
    long first = median(heaps.subList(1, third + 1));
    long last = median(heaps.subList(heaps.size() - third, heaps.size()));
    out.printf("heap: first third %.1f MB, last third %.1f MB%n", first / 1e6, last / 1e6);
    if (last > first * 3 / 2 + 16_000_000) {
      ledger.violation("memory grows: " + heaps);
    }
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static boolean comesTrue(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(50);
    }
    return true;
  }
}
