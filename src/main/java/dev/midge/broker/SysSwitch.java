package dev.midge.broker;

import dev.midge.broker.sys.Counts;
import dev.midge.broker.sys.SysSource;
import dev.midge.broker.transport.BrokerLoop;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Begins to count, and to publish the topics under {@code $SYS}, when they are wanted first. */
final class SysSwitch {
  private final BrokerLoop loop;
  private final WatchedLog log;
  private final LongSupplier wallMillis;
  private final LongSupplier heapBytes;
  private @Nullable SysSource source; // null until then

  SysSwitch(BrokerLoop loop, WatchedLog log, LongSupplier wallMillis, LongSupplier heapBytes) {
    this.loop = loop;
    this.log = log;
    this.wallMillis = wallMillis;
    this.heapBytes = heapBytes;
  }

  /**
   * Sets the interval; on the broker thread, or before it has started.
   *
   * @param seconds 0 to 65535; 0 for no such topics, or no more of them
   */
  void interval(int seconds) {
    SysSource known = source;
    if (known == null && seconds > 0) {
      Counts counts = new Counts();
      log.countIn(counts);
      known = new SysSource(BrokerThread.version(), counts, wallMillis, heapBytes);
      source = known;
    }
    if (known != null) {
      loop.publishSys(known, seconds);
    }
  }
}
