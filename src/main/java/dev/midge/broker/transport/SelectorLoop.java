package dev.midge.broker.transport;

import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Timers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one thread: input, timers, output, and then input again. Only the selector blocks.
 * Holds what the connections of one loop share. One thread only, except {@link #wakeUp}, {@link
 * #post} and {@link #ask}.
 */
final class SelectorLoop {
  /** The attachment of a listener's key. */
  interface Incoming {
    /** Accepts the connections that have come in. */
    void accept();
  }

  /** The attachment of a connection's key. */
  interface Member extends OpenConnections.Open {
    /** Reads what the peer has sent; it may have closed, or the connection may be broken. */
    void read();

    /** Writes more, since the socket has room. */
    void writable();

    /** Writes what the socket takes, at the end of a turn. */
    void flush();

    /** Reads on after a pause; returns false to remain paused. */
    boolean resume();

    /** Reads and writes at the end of the turn what had to wait. */
    void goOn();

    /** Reads at once what had to wait. */
    void catchUp();

    /** Goes on after another thread has done its part of a handshake. */
    void handshakeDone();
  }

  /** Work that another thread has asked for. */
  interface Posted {
    /**
     * Does the work.
     *
     * @param stopped whether the loop has ended, and only those who wait are to be told
     */
    void run(boolean stopped);
  }

  private static final int READ_BUFFER = 64 * 1024;

  /** Nanoseconds after which a paused connection is asked again at the latest. */
  private static final long PAUSE_CHECK = 2_000_000L;

  /** Nanoseconds of driven time: the longest delays of MQTT end before the number does. */
  private static final long MOST_TIME = Long.MAX_VALUE / 2;

  private static final long MANY_UNFINISHED_BYTES = Runtime.getRuntime().maxMemory() / 8;

  final Timers timers = new Timers(); // of the rules
  final Timers socketTimers;
  final BufferPool buffers = new BufferPool();
  final OpenConnections open = new OpenConnections();
  final LastEncoding lastEncoding = new LastEncoding();
  final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);

  private final BrokerObserver observer;
  private final Executor handshakes;
  private final LoopClock clock;
  private final Selector selector;
  private final ArrayDeque<SelectionKey> toFlush = new ArrayDeque<>();
  private final List<Member> paused = new ArrayList<>();
  private final Queue<Member> handshakesDone = new ConcurrentLinkedQueue<>();
  private final Queue<Posted> posted = new ConcurrentLinkedQueue<>();
  private final Queue<Posted> asked = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;
  private @Nullable Persistence persistence;
  private List<Runnable> waitsForSafety = new ArrayList<>();
  private long unfinishedBytes; // of packets that have not come whole
  private long selectedAt; // the time when the input of this turn was looked for; 0 for not yet

  SelectorLoop(BrokerObserver observer, Executor handshakes, LoopClock clock) throws IOException {
    this.observer = observer;
    this.handshakes = handshakes;
    this.clock = clock;
    this.socketTimers = clock.isDriven() ? new Timers() : timers;
    this.selector = Selector.open();
  }

  /** Returns the time of the rules, to which {@link #timers} belong. */
  long now() {
    return clock.now();
  }

  /** Returns the time of the sockets, to which {@link #socketTimers} belong. */
  long socketNow() {
    return clock.socketNow();
  }

  /** Returns the same, without looking at the clock again where both times are one. */
  long socketNow(long now) {
    return clock.isDriven() ? clock.socketNow() : now;
  }

  SelectionKey register(SelectableChannel channel, int operations) throws IOException {
    return channel.register(selector, operations);
  }

  void add(SelectionKey key, Member connection) {
    key.attach(connection);
    open.add(connection);
  }

  /** Ends the present wait for input, from any thread. */
  void wakeUp() {
    selector.wakeup();
  }

  /**
   * Waits for input or a timer, and does one turn.
   *
   * @param latest time of the sockets at which the wait ends in any case
   */
  void turn(long latest) throws IOException {
    selectedAt = 0;
    long until = Math.min(latest, socketTimers.next());
    long wakeUp = paused.isEmpty() ? until : Math.min(until, socketNow() + PAUSE_CHECK);
    if (hasWork()) {
      selector.selectNow(this::ready);
    } else if (wakeUp == Timers.NEVER) {
      selector.select(this::ready);
    } else {
      long wait = wakeUp - socketNow();
      if (wait > 0) {
        selector.select(this::ready, (wait + 999_999) / 1_000_000);
      } else {
        selector.selectNow(this::ready);
      }
    }
    // Input first, and only the timers that were due before it was looked for: a packet that has
    // come in time must not meet a time-out, however long the turn takes.
    long due = selectedAt;
    if (due == 0) {
      due = socketNow();
      if (socketTimers.next() <= due) {
        selector.selectNow(this::ready); // the machine may have stood still since the last look
      }
    }
    finishHandshakes();
    runPosted();
    answer();
    try {
      socketTimers.runDue(due);
    } catch (RuntimeException e) {
      failed(e);
    }
    flush();
    if (!paused.isEmpty()) {
      resumePaused();
      flush();
    }
  }

  /**
   * Lets the time of the rules pass, and all happen that is due meanwhile, in order, each at its
   * own time.
   */
  void advance(long nanos) {
    if (nanos > MOST_TIME - now()) {
      throw new IllegalArgumentException("a broker's time is 146 years at most");
    }
    long end = now() + nanos;
    long next;
    while ((next = timers.next()) <= end) {
      clock.drive(next);
      try {
        timers.runDue(now());
      } catch (RuntimeException e) {
        failed(e);
      }
      flush();
    }
    clock.drive(end);
  }

  private void ready(SelectionKey key) {
    if (selectedAt == 0) {
      selectedAt = socketNow();
    }
    if (!key.isValid()) {
      return;
    }
    if (key.attachment() instanceof Incoming incoming) {
      incoming.accept();
      return;
    }
    Member connection = (Member) key.attachment();
    try {
      if (key.isReadable()) {
        connection.read();
      }
      if (key.isValid() && key.isWritable()) {
        connection.writable();
      }
    } catch (RuntimeException e) {
      failed(e, connection);
    }
  }

  private void failed(RuntimeException problem) {
    observer.internalError("timer", problem);
  }

  private void failed(RuntimeException problem, Member connection) {
    failed(problem);
    connection.closeNow();
  }

  /** Runs a part of a connection's handshake on another thread. */
  void runHandshake(Runnable work, Member connection) {
    handshakes.execute(
        () -> {
          work.run();
          handshakesDone.add(connection);
          selector.wakeup();
        });
  }

  private void finishHandshakes() {
    Member connection;
    while ((connection = handshakesDone.poll()) != null) {
      try {
        connection.handshakeDone();
      } catch (RuntimeException e) {
        failed(e, connection);
      }
    }
  }

  /** Has work done in the next turn, from any thread. */
  void post(Posted work) {
    posted.add(work);
    wakeForWork();
  }

  /**
   * Has a question answered in the next turn, behind the packets that have come in before it was
   * asked, as far as one read takes; from any thread.
   */
  void ask(Posted question) {
    asked.add(question);
    wakeForWork();
  }

  private void wakeForWork() {
    selector.wakeup();
    if (closed) {
      tellStopped(); // nobody else does any more
    }
  }

  /** Tells whether there is work whose call to wake up may have been heard already. */
  private boolean hasWork() {
    return !asked.isEmpty() || !posted.isEmpty() || !handshakesDone.isEmpty();
  }

  private void runPosted() {
    runAll(posted);
  }

  private void runAll(Queue<Posted> waiting) {
    Posted work;
    while ((work = waiting.poll()) != null) {
      run(work);
    }
  }

  private void answer() throws IOException {
    int count = asked.size(); // others are asked behind the look for input
    if (count == 0) {
      return;
    }
    selector.selectNow(this::ready);
    runPosted(); // what belongs to the packets that have come
    Posted question;
    while (count-- > 0 && (question = asked.poll()) != null) {
      run(question);
    }
  }

  private void tellStopped() {
    runPosted();
    runAll(asked);
  }

  private void run(Posted work) {
    try {
      work.run(closed);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** Pauses a connection, which is not read until {@link Member#resume} agrees. */
  void pause(Member connection) {
    paused.add(connection);
  }

  private void resumePaused() {
    List<Member> waiting = new ArrayList<>(paused);
    paused.clear(); // a connection that is paused again adds itself
    for (Member connection : waiting) {
      try {
        if (!connection.resume()) {
          paused.add(connection);
        }
      } catch (RuntimeException e) {
        failed(e, connection);
      }
    }
  }

  /** Flushes the connection with this key at the end of the turn. To be called once a turn. */
  void flushLater(SelectionKey key) {
    toFlush.addLast(key);
  }

  void flush() {
    if (persistence != null) {
      persistence.commit();
    }
    SelectionKey key;
    while ((key = toFlush.pollFirst()) != null) {
      Member connection = (Member) key.attachment();
      try {
        connection.flush();
      } catch (RuntimeException e) {
        failed(e, connection);
      }
    }
    lastEncoding.clear();
  }

  /**
   * Has packets written only when the changes before them are safe. Before the first connection.
   */
  void persistence(Persistence newPersistence) {
    persistence = newPersistence;
  }

  /** Returns the gate of a new connection; null if no packet has to wait. */
  @Nullable CommitGate commitGate() {
    return persistence == null ? null : new CommitGate(persistence);
  }

  /** Has something done when more changes are safe. */
  void whenSafer(Runnable work) {
    waitsForSafety.add(work);
  }

  /** Does what has waited: more changes are safe. */
  void safer() {
    List<Runnable> waiting = waitsForSafety;
    waitsForSafety = new ArrayList<>();
    waiting.forEach(Runnable::run);
  }

  /** Adds to the bytes of unfinished packets; a negative number subtracts. */
  void addUnfinished(int bytes) {
    unfinishedBytes += bytes;
  }

  /** Tells whether unfinished packets take so much that they matter when memory is short. */
  boolean hasManyUnfinishedBytes() {
    return unfinishedBytes > MANY_UNFINISHED_BYTES;
  }

  /** Closes all connections and the selector. */
  void close() throws IOException {
    open.closeAll();
    selector.close();
    closed = true;
    tellStopped();
  }

  /**
   * Closes all sockets, from another thread than the loop's, which does not use the selector now
   * and may never come back.
   */
  void abandon() throws IOException {
    closed = true;
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    tellStopped();
  }
}
