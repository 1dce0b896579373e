package dev.midge.broker.persist;

import dev.midge.broker.config.BrokerSettings;
import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.DisconnectCause;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.router.Client;
import dev.midge.broker.core.router.Router;
import dev.midge.broker.core.session.Restorer;
import dev.midge.mqtt.packet.Packet;
import dev.midge.testing.FakeTime;
import dev.midge.testing.RecordingPeer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A router whose changes become records in memory: what a disk would have of it. */
final class KeptRouter {
  static final ListenerSettings LISTENER = ListenerSettings.open("1883", Limits.DEFAULT);
  private static final long START = 1_800_000_000_000L; // milliseconds since 1970

  private static final Pattern RETAINED_UNTIL = Pattern.compile("^retained .* until (\\d+) number");

  final FakeTime time = new FakeTime();
  final List<Frame> frames = new ArrayList<>(); // the snapshot, and the changes since
  final WallClock clock;
  final Router router;
  private final MessageNumbers numbers = new MessageNumbers();
  private final Fields changes = new Fields(Long.MAX_VALUE);
  private final Restorer restorer;

  KeptRouter(Limits limits) {
    this(limits, START, List.of());
  }

  /** A router at a time of the world, with the state that another one has left. */
  KeptRouter(Limits limits, long wallMillis, List<Frame> left) {
    clock = new WallClock(() -> wallMillis + time.now() / 1_000_000, time::now);
    router =
        new Router(
            limits,
            BrokerSettings.DEFAULT,
            new BrokerObserver() {},
            time.timers(),
            Memory.PLENTY,
            (work, answer) -> answer.given(work.getAsBoolean(), 0));
    restorer = router.restorer(time.now());
    RecordReader reader =
        new RecordReader(restorer, clock, name -> name.equals("1883") ? LISTENER : null);
    left.forEach(frame -> read(reader, frame));
  }

  private static void read(RecordReader reader, Frame frame) {
    try {
      reader.read(bytes(frame));
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  static ByteBuffer bytes(Frame frame) {
    ByteBuffer all = ByteBuffer.allocate(frame.size());
    frame.content().forEach(each -> all.put(each.duplicate()));
    return all.flip();
  }

  /** Begins to note changes, and lets time run. */
  KeptRouter start() {
    restorer.startExpiry();
    router.journal(new RecordWriter(changes, clock, numbers));
    restorer.releaseWills();
    changes.clear();
    snapshot();
    return this;
  }

  /** Begins new files. */
  void snapshot() {
    numbers.beginFiles();
    Fields state = new Fields(64);
    RecordWriter writer = new RecordWriter(state, clock, numbers);
    router.describeTo(writer);
    router.describeWillsTo(writer);
    writer.end();
    frames.clear();
    frames.addAll(state.take());
  }

  void endTurn() {
    frames.addAll(changes.take());
  }

  long wallMillis() {
    return clock.millis().getAsLong();
  }

  /** All of the state in words, in an order that does not depend on hash codes. */
  List<String> described() {
    DescribedState state = new DescribedState(clock);
    router.describeTo(state);
    router.describeWillsTo(state);
    // The order counts among the messages of one session, which stand together.
    List<String> lines = new ArrayList<>();
    String session = "";
    int position = 0;
    for (String line : state.lines) {
      String number = line.substring(0, line.indexOf(' '));
      position = number.equals(session) ? position + 1 : 0;
      session = number;
      boolean ordered = line.contains(" sent ") || line.contains(" queued ");
      if (!isForgotten(line)) {
        lines.add(ordered ? position + ": " + line : line);
      }
    }
    return lines;
  }

  /** A retained message that has expired is there until the next sweep, and never delivered. */
  private boolean isForgotten(String line) {
    Matcher until = RETAINED_UNTIL.matcher(line);
    return until.find() && Long.parseLong(until.group(1)) <= wallMillis();
  }

  KeptClient open() {
    return new KeptClient();
  }

  /** One client with its connection. */
  final class KeptClient {
    final RecordingPeer peer = new RecordingPeer("127.0.0.1:40000", LISTENER);
    private final Client client = router.opened(peer, time.now());

    void send(Packet packet) {
      client.arrived(packet, time.now());
      endTurn();
    }

    void drop() {
      client.closed(DisconnectCause.CLOSED_BY_CLIENT, time.now());
      endTurn();
    }
  }
}
