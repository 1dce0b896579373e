package dev.midge.client.io;

import dev.midge.client.FaultWatch;
import dev.midge.fault.Direction;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for each packet that was read what is due. A packet at which the connection ends is not
 * handled; one behind which so many bytes have passed is. Only for the thread that reads, except
 * where noted.
 */
final class FaultyReading {
  private final FaultWatch watch;
  private final AliasedTopics topics = new AliasedTopics();
  private final List<Due> ofBytes = new ArrayList<>();
  private final List<Due> striking = new ArrayList<>();
  private volatile boolean ended;

  FaultyReading(FaultWatch watch) {
    this.watch = watch;
  }

  /**
   * Returns the packet if it is to be handled.
   *
   * @param packet null when those that were read are all handled
   */
  @Nullable Packet passed(@Nullable Packet packet) {
    if (isEnded() || watch.isDeaf()) {
      return null;
    }
    if (packet != null) {
      happen(watch.packet(Direction.IN, packet, topics.of(packet)));
    } else if (!ofBytes.isEmpty()) {
      happen(ofBytes);
      ofBytes.clear();
    }
    return isEnded() ? null : packet;
  }

  /** Ends of the connection have to wait until what came before is answered. */
  private void happen(List<Due> dues) {
    for (Due due : dues) {
      if (FaultWatch.isEnd(due, null)) {
        striking.add(due);
        ended = true;
      } else {
        watch.happen(List.of(due), null);
      }
    }
  }

  /** Returns how many bytes may be read together. */
  int most(int capacity) {
    return (int) Math.min(capacity, watch.untilBytes(Direction.IN));
  }

  /** So many bytes were read; negative for the end. */
  void read(int count) {
    if (count > 0) {
      ofBytes.addAll(watch.bytes(Direction.IN, count));
    }
  }

  boolean isStriking() {
    return !striking.isEmpty();
  }

  void strike() {
    watch.happen(striking, null);
    striking.clear();
  }

  /** Returns whether nothing is handled any more. Any thread. */
  boolean isEnded() {
    return ended || watch.isStriking();
  }

  /** Any thread. */
  boolean isSpoilt() {
    return watch.isSpoilt();
  }
}
