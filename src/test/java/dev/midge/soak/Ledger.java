package dev.midge.soak;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was published and what has arrived, message by message: finds each that is lost, doubled or
 * out of order. For any thread.
 */
final class Ledger {
  private static final int MOST_VIOLATIONS = 50;

  /** Those of which no message may be lost. */
  private static final List<Life.Stream> COMPLETE =
      List.of(Life.Stream.ONE, Life.Stream.TWO, Life.Stream.SHARED);

  /** One publisher's messages of one QoS on their way to one subscriber. */
  private static final class Lane {
    final BitSet seen = new BitSet();
    int next;
  }

  private final int clients;
  private final int[][] published; // by stream, publisher
  private final Lane[][][] lanes; // by stream, subscriber, publisher; null if not subscribed
  private final List<String> violations = new ArrayList<>();
  private final BitSet[] dueWills;
  private final BitSet[] possibleWills;
  private final BitSet[] seenWills;
  private final AtomicLong arrivals = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();

  Ledger(int clients) {
    this.clients = clients;
    this.published = new int[Life.Stream.values().length][clients];
    this.lanes = new Lane[Life.Stream.values().length][clients][clients];
    this.dueWills = sets(clients);
    this.possibleWills = sets(clients);
    this.seenWills = sets(clients);
  }

  private static BitSet[] sets(int count) {
    BitSet[] sets = new BitSet[count];
    for (int i = 0; i < count; i++) {
      sets[i] = new BitSet();
    }
    return sets;
  }

  /** The members of the shared subscription have one lane together: that of subscriber 0. */
  synchronized void subscribed(Life.Stream stream, int subscriber, int publisher) {
    lanes[stream.ordinal()][subscriber][publisher] = new Lane();
  }

  synchronized int nextNumber(Life.Stream stream, int publisher) {
    return published[stream.ordinal()][publisher]++;
  }

  synchronized void arrived(
      Life.Stream stream, int subscriber, int publisher, int number, boolean dup) {
    arrivals.incrementAndGet();
    int who = stream == Life.Stream.SHARED ? 0 : subscriber;
    Lane lane = lanes[stream.ordinal()][who][publisher];
    String what = stream + " " + publisher + "/" + number + " at " + subscriber;
    if (lane == null) {
      violation("not subscribed: " + what);
      return;
    }
    if (number < 0 || number >= published[stream.ordinal()][publisher]) {
      violation("never published: " + what);
      return;
    }
    boolean again = lane.seen.get(number);
    lane.seen.set(number);
    if (again) {
      repeats.incrementAndGet();
      if (stream != Life.Stream.ONE) {
        violation("doubled: " + what + (dup ? " (dup)" : ""));
      }
      return;
    }
    // The members of a group do not run in step: no order there.
    boolean inOrder = stream == Life.Stream.ONE || stream == Life.Stream.TWO;
    if (inOrder && number != lane.next) {
      violation("out of order: " + what + ", expected " + lane.next);
    }
    lane.next = number + 1;
  }

  /** The broker may publish this will, when the life ends without a goodbye. */
  synchronized void willPossible(int client, int life) {
    possibleWills[client].set(life);
  }

  /** The life has said goodbye. */
  synchronized void willGone(int client, int life) {
    possibleWills[client].clear(life);
    if (seenWills[client].get(life)) {
      violation("a will in spite of DISCONNECT: " + client + "/" + life);
    }
  }

  /** The broker has to publish this will. */
  synchronized void willDue(int client, int life) {
    dueWills[client].set(life);
  }

  synchronized void willArrived(int client, int life) {
    if (!possibleWills[client].get(life)) {
      violation("a will for no reason: " + client + "/" + life);
    }
    if (seenWills[client].get(life)) {
      violation("a will twice: " + client + "/" + life);
    }
    seenWills[client].set(life);
  }

  synchronized void violation(String what) {
    if (violations.size() < MOST_VIOLATIONS) {
      violations.add(what);
    }
  }

  /** How many messages are still to arrive, wills included. */
  synchronized long missing() {
    long missing = 0;
    for (Life.Stream stream : COMPLETE) {
      for (int subscriber = 0; subscriber < clients; subscriber++) {
        for (int publisher = 0; publisher < clients; publisher++) {
          Lane lane = lanes[stream.ordinal()][subscriber][publisher];
          if (lane != null) {
            missing += published[stream.ordinal()][publisher] - lane.seen.cardinality();
          }
        }
      }
    }
    for (int client = 0; client < clients; client++) {
      BitSet wills = (BitSet) dueWills[client].clone();
      wills.andNot(seenWills[client]);
      missing += wills.cardinality();
    }
    return missing;
  }

  /** Notes what has not arrived: nothing more will come. */
  synchronized void close() {
    for (Life.Stream stream : COMPLETE) {
      for (int subscriber = 0; subscriber < clients; subscriber++) {
        for (int publisher = 0; publisher < clients; publisher++) {
          Lane lane = lanes[stream.ordinal()][subscriber][publisher];
          int count = published[stream.ordinal()][publisher];
          if (lane != null && lane.seen.cardinality() < count) {
            violation(
                "lost: "
                    + (count - lane.seen.cardinality())
                    + " of "
                    + stream
                    + " "
                    + publisher
                    + " at "
                    + subscriber
                    + ", first "
                    + lane.seen.nextClearBit(0));
          }
        }
      }
    }
    for (int client = 0; client < clients; client++) {
      BitSet wills = (BitSet) dueWills[client].clone();
      wills.andNot(seenWills[client]);
      if (!wills.isEmpty()) {
        violation("no will of " + client + "/" + wills);
      }
    }
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized long publishedCount() {
    long count = 0;
    for (int[] each : published) {
      for (int number : each) {
        count += number;
      }
    }
    return count;
  }

  synchronized long willCount() {
    long count = 0;
    for (BitSet each : seenWills) {
      count += each.cardinality();
    }
    return count;
  }

  long arrivals() {
    return arrivals.get();
  }

  /** QoS 1 messages that came again. */
  long repeats() {
    return repeats.get();
  }
}
