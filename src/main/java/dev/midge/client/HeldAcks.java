package dev.midge.client;

import dev.midge.mqtt.packet.Ack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Acknowledgements of messages that were delivered but may not be in safety yet: they go out in one
 * write when the listener has said so, and never when it could not keep the messages. Not for
 * several threads at once.
 */
final class HeldAcks {

  private final Connection link;
  private final MessageListener listener;
  private List<Ack> acks = new ArrayList<>();

  HeldAcks(Connection link, MessageListener listener) {
    this.link = link;
    this.listener = listener;
  }

  boolean isEmpty() {
    return acks.isEmpty();
  }

  /** Keeps one back; whoever watches the packets sees it now, before the message. */
  void hold(Ack ack) {
    link.promise(ack);
    acks.add(ack);
  }

  /** Has the listener bring what it got to safety, and acknowledges it. */
  void release() throws IOException {
    boolean safe = listener.rested();
    if (acks.isEmpty()) {
      return;
    }
    List<Ack> due = acks;
    acks = new ArrayList<>();
    if (safe) {
      link.sendPromised(due);
    }
  }
}
