package dev.midge.broker.embedded;

import dev.midge.broker.BrokerEvent;
import dev.midge.broker.BrokerWatcher;
import dev.midge.broker.inspect.Disconnection;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a broker has seen, and wakes those who wait for more of it. For any thread. */
final class Recorder implements BrokerWatcher {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final int MOST_LOG_LINES = 2_000;

  private final List<SeenMessage> messages = new ArrayList<>();
  private final List<SeenPacket> packets = new ArrayList<>();
  private final List<SeenEnd> ends = new ArrayList<>();
  private final Map<String, Integer> connections = new HashMap<>();
  private final Map<String, List<String>> filters = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private final Script script;
  private long logged; // lines in all
  private boolean closed;
  private boolean running;

  Recorder(Script script) {
    this.script = script;
  }

  synchronized void log(BrokerEvent event) {
    if (log.size() == MOST_LOG_LINES) {
      log.subList(0, MOST_LOG_LINES / 2).clear();
    }
    log.add(event.text());
    logged++;
  }

  synchronized long logCount() {
    return logged;
  }

  /** Returns the kept lines behind the first so many. */
  synchronized List<String> logSince(long count) {
    long wanted = logged - count;
    if (wanted <= log.size()) {
      return List.copyOf(log.subList(log.size() - (int) wanted, log.size()));
    }
    List<String> lines = new ArrayList<>(log);
    lines.add(0, "(" + (wanted - log.size()) + " lines before these are no longer kept)");
    return lines;
  }

  synchronized List<String> log() {
    return List.copyOf(log);
  }

  /**
   * Takes note that the broker starts, for the first time or again: nobody is connected, and nobody
   * has subscribed. One that was closed is a new one.
   */
  synchronized void starting() {
    running = true;
    connections.clear();
    filters.clear();
    if (closed) {
      closed = false;
      forget();
    }
  }

  /** Takes note that the broker is closed; it has been seen until it starts again. */
  synchronized void closed() {
    running = false;
    closed = true;
  }

  /** Forgets all but the clients that are connected. */
  synchronized void forget() {
    messages.clear();
    packets.clear();
    ends.clear();
    log.clear();
    script.calls().forget();
  }

  @Override
  public void starting(Host broker) {
    script.starting(broker);
  }

  @Override
  public synchronized void connected(String clientId, Connect connect) {
    connections.merge(clientId, 1, Integer::sum);
    add(packets, new SeenPacket(clientId, true, connect));
  }

  @Override
  public synchronized void refused(String clientId, Connect connect, @Nullable Connack answer) {
    add(packets, new SeenPacket(clientId, true, connect));
    if (answer != null) {
      add(packets, new SeenPacket(clientId, false, answer));
    }
  }

  @Override
  public synchronized void subscribed(String clientId, Subscription subscription) {
    add(filters.computeIfAbsent(clientId, id -> new ArrayList<>()), subscription.filter());
  }

  @Override
  public int subscribing(String clientId, Subscription asked) {
    return script.subscribing(asked.filter());
  }

  @Override
  public int publishing(String clientId, Message message) {
    return script.publishing(clientId, message.topic());
  }

  @Override
  public synchronized void received(String clientId, Packet packet) {
    add(packets, new SeenPacket(clientId, true, packet));
  }

  @Override
  public synchronized void sent(String clientId, Packet packet) {
    add(packets, new SeenPacket(clientId, false, packet));
  }

  @Override
  public void published(String publisher, Message message, boolean isWill) {
    SeenMessage seen = new SeenMessage(publisher, isWill, message);
    synchronized (this) {
      add(messages, seen);
    }
    script.published(seen);
  }

  @Override
  public synchronized void ended(@Nullable String clientId, Disconnection ending) {
    if (clientId != null) {
      connections.computeIfPresent(clientId, (id, count) -> count > 1 ? count - 1 : null);
      add(ends, new SeenEnd(clientId, ending));
    }
  }

  @Override
  public synchronized void refusedEnded(String clientId, Disconnection ending) {
    add(ends, new SeenEnd(clientId, ending));
  }

  private <T> void add(List<T> list, T seen) {
    list.add(seen);
    notifyAll();
  }

  synchronized List<SeenMessage> messages(Predicate<SeenMessage> wanted) {
    return messages.stream().filter(wanted).toList();
  }

  synchronized List<SeenPacket> packets(String clientId) {
    return packets.stream().filter(each -> each.clientId().equals(clientId)).toList();
  }

  synchronized List<SeenEnd> ends(String clientId) {
    return ends.stream().filter(each -> each.clientId().equals(clientId)).toList();
  }

  synchronized List<SeenEnd> ends() {
    return List.copyOf(ends);
  }

  /** Returns the newest end of a client's connections, or the newest of that kind. */
  synchronized Optional<SeenEnd> lastEnd(String clientId, Disconnection.@Nullable Kind kind) {
    return ends.stream()
        .filter(each -> each.clientId().equals(clientId))
        .filter(each -> kind == null || each.kind() == kind)
        .reduce((before, last) -> last);
  }

  synchronized boolean isConnected(String clientId) {
    return connections.getOrDefault(clientId, 0) > 0;
  }

  synchronized List<String> connected() {
    return connections.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  synchronized boolean hasSubscribed(String clientId, String filter) {
    return filters.getOrDefault(clientId, List.of()).contains(filter);
  }

  synchronized List<String> filters(String clientId) {
    return List.copyOf(filters.getOrDefault(clientId, List.of()));
  }

  /**
   * Waits until something holds.
   *
   * @param shown tells what was seen instead
   * @throws AssertionError when it does not hold in time, or the thread is interrupted
   * @throws IllegalStateException in a scripted function
   */
  synchronized void await(
      String expected, Duration most, Supplier<Boolean> holds, Supplier<String> shown) {
    script.calls().refuse("wait for " + expected);
    Duration bounded = bounded(most);
    long deadline = System.nanoTime() + bounded.toNanos();
    while (!holds.get()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw failure("expected " + expected + " within " + FailureText.time(bounded), shown.get());
      }
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure("interrupted while waiting for " + expected, shown.get());
      }
    }
  }

  /** Returns the time, or the nearest one whose nanoseconds are a number. */
  private static Duration bounded(Duration time) {
    return time.isNegative() ? Duration.ZERO : time.compareTo(LONGEST) < 0 ? time : LONGEST;
  }

  synchronized AssertionError failure(String expected, String shown) {
    AssertionError failure =
        new AssertionError(
            FailureText.text(expected)
                + (running ? "; " : ", but the broker is not running; ")
                + shown
                + "\nThe broker's log:"
                + FailureText.lines(log));
    script.calls().failures().forEach(each -> failure.addSuppressed(each.thrown()));
    return failure;
  }
}
