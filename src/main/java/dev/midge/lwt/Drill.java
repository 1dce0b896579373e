package dev.midge.lwt;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectionFailure;
import dev.midge.lwt.peer.FailureText;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.Target;
import dev.midge.lwt.peer.Watchdog;
import dev.midge.lwt.peer.Watcher;
import dev.midge.lwt.row.DrillContext;
import dev.midge.lwt.row.DrillListener;
import dev.midge.lwt.row.Row;
import dev.midge.lwt.row.RowResult;
import dev.midge.mqtt.Properties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The Last Will drill: ends clients in every way there is, and checks the messages that a watcher
 * receives. Rows begin in the order of the table; while one only waits, the next ones begin.
 */
public final class Drill {
  private static final int ATTEMPTS = 3;

  /** So often a row is played again during which this process stood still. */
  private static final int REPLAYS = 2;

  private final Target target;
  private final DrillSpec spec;
  private final DrillListener listener;
  private final ClientEvents events;
  private final List<RowPlayer> playing = new ArrayList<>();
  private boolean stopped;
  private int replays;

  /**
   * @param events hears of the watcher's connection
   */
  public Drill(Target target, DrillSpec spec, DrillListener listener, ClientEvents events) {
    this.target = target;
    this.spec = spec;
    this.listener = listener;
    this.events = events;
  }

  /**
   * Plays the rows, and removes what they leave on the broker.
   *
   * @throws ConnectionFailure when the watcher cannot connect, or the broker does not answer it
   * @throws DrillRefused when the user may not publish or read below the prefix
   */
  public DrillResult run() throws ConnectionFailure, DrillRefused, InterruptedException {
    try (Watchdog watchdog = new Watchdog()) {
      int random = ThreadLocalRandom.current().nextInt(36 * 36, 1 << 28);
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Watcher watcher = new Watcher(this::received, events);
        DrillContext context =
            new DrillContext(
                target, watcher, watchdog, random, spec.arrivalTimeout(), spec.network());
        try (PacketClient client = AccessCheck.watch(context)) {
          events.connected(client.connack(), context.clientPrefix(0) + AccessCheck.WATCHER);
          if (AccessCheck.subscribe(context)) {
            AccessCheck.check(context, client);
            DrillResult result = play(context);
            client.leave();
            return result;
          }
        }
      }
      throw AccessCheck.closedOnSubscribe(target);
    }
  }

  private DrillResult play(DrillContext context) throws InterruptedException {
    List<List<RowResult>> passes = new ArrayList<>();
    try (Standstills standstills = new Standstills()) {
      for (int pass = 1; pass <= spec.times(); pass++) {
        passes.add(playOnce(context, standstills, pass));
      }
    }
    List<String> left = isStopped() ? removeAfterStop(context) : leftByRows();
    left.addAll(Leftovers.find(context, topics()));
    ConnectionFailure lost = context.watcher().lost();
    String version = spec.wantsVersion() && lost == null ? BrokerVersion.ask(context) : null;
    Properties connack = context.watcher().client().connack().properties();
    return new DrillResult(PassMerger.merge(passes), version, connack, lost, null, left);
  }

  /** Plays the rows, and those again during which this process stood still. */
  private List<RowResult> playOnce(DrillContext context, Standstills standstills, int pass)
      throws InterruptedException {
    List<RowPlayer> players = playRows(context, pass, spec.rows());
    for (int replay = 1; replay <= REPLAYS; replay++) {
      List<RowPlayer> doubtful = doubtful(players, standstills);
      if (doubtful.isEmpty() || isStopped() || context.watcher().lost() != null) {
        break;
      }
      replays++;
      List<Row> rows = doubtful.stream().map(RowPlayer::row).toList();
      List<RowPlayer> again = playRows(context, spec.times() + replays, rows);
      for (int i = 0; i < again.size(); i++) {
        players.set(players.indexOf(doubtful.get(i)), again.get(i));
      }
    }
    List<RowResult> results = new ArrayList<>();
    for (RowPlayer player : players) {
      player.lookAgain();
      results.add(player.result(standstills));
    }
    return results;
  }

  private List<RowPlayer> doubtful(List<RowPlayer> players, Standstills standstills) {
    List<RowPlayer> doubtful = new ArrayList<>();
    for (RowPlayer player : players) {
      Duration standstill = player.doubt(standstills);
      if (!standstill.isZero()) {
        doubtful.add(player);
        listener.again(player.row(), standstill);
      }
    }
    return doubtful;
  }

  /** Plays these rows, and returns when all are over. */
  private List<RowPlayer> playRows(DrillContext context, int pass, List<Row> rows)
      throws InterruptedException {
    List<RowPlayer> players = new ArrayList<>();
    for (Row row : rows) {
      RowPlayer player = new RowPlayer(row, context, pass, listener);
      players.add(player);
      if (!begin(player)) {
        player.notExamined("the drill was ended");
        continue;
      }
      ConnectionFailure lost = context.watcher().lost();
      if (lost != null) {
        player.notExamined("the broker is gone: " + FailureText.of(lost));
        continue;
      }
      listener.row(spec.rows().indexOf(row) + 1, spec.rows().size(), row);
      player.start();
      player.awaitTurn();
    }
    for (RowPlayer player : players) {
      player.join();
    }
    return players;
  }

  /** Notes a row before it is played, so that {@link #stop} finds it; false after a stop. */
  private synchronized boolean begin(RowPlayer player) {
    if (stopped) {
      return false;
    }
    playing.add(player);
    return true;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private List<String> leftByRows() {
    List<String> left = new ArrayList<>();
    playing.forEach(player -> left.addAll(player.left()));
    return left;
  }

  /** Returns all topics on which a message may be retained, by a fault of the broker too. */
  private Set<String> topics() {
    Set<String> topics = new HashSet<>();
    for (RowPlayer player : playing) {
      topics.add(player.topic());
      topics.addAll(player.cleanup().topics());
    }
    return topics;
  }

  /** Removes the sessions and messages of rows that were stopped before their clean-up. */
  private List<String> removeAfterStop(DrillContext context) throws InterruptedException {
    List<String> left = new ArrayList<>();
    for (RowPlayer player : playing) {
      left.addAll(player.cleanup().run());
    }
    return left;
  }

  /**
   * Ends the drill early, from any thread: {@link #run} cleans up and returns, with the rows that
   * were not played as not examined.
   */
  public void stop() {
    List<RowPlayer> now;
    synchronized (this) {
      stopped = true;
      now = List.copyOf(playing);
    }
    now.forEach(RowPlayer::stop);
  }

  private void received(String topic, String text) {
    List<RowPlayer> now;
    synchronized (this) {
      now = List.copyOf(playing);
    }
    for (int i = now.size() - 1; i >= 0; i--) { // The first pass owns what is below its topic.
      if (now.get(i).owns(topic)) {
        now.get(i).received(topic, text);
        return;
      }
    }
  }
}
