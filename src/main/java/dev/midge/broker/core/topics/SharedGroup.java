package dev.midge.broker.core.topics;

import dev.midge.broker.core.delivery.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one shared subscription: each message goes to one of them, in turn. */
final class SharedGroup {
  private final Deque<SessionSubscription> members = new ArrayDeque<>();

  void add(SessionSubscription subscription) {
    members.addLast(subscription);
  }

  /** Removes a member; returns false if it is none. */
  boolean remove(Outbox outbox) {
    return members.removeIf(member -> member.outbox() == outbox);
  }

  /** Replaces a member's subscription, without a change of turn; returns false if it is none. */
  boolean replace(SessionSubscription subscription) {
    boolean found = false;
    for (int i = members.size(); i > 0; i--) {
      SessionSubscription member = members.removeFirst();
      boolean same = member.outbox() == subscription.outbox();
      found |= same;
      members.addLast(same ? subscription : member);
    }
    return found;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /**
   * Chooses the member whose last turn is longest ago. Connected members go first, so that messages
   * are not queued for one that is away while others could take them.
   *
   * @param refused members that are not chosen
   * @return null if no other member is left
   */
  @Nullable SessionSubscription next(Set<Outbox> refused) {
    SessionSubscription chosen = null;
    for (SessionSubscription member : members) {
      if (!refused.contains(member.outbox())) {
        if (member.outbox().isConnected()) {
          chosen = member;
          break;
        }
        chosen = chosen == null ? member : chosen;
      }
    }
    if (chosen != null) {
      members.remove(chosen);
      members.addLast(chosen);
    }
    return chosen;
  }
}
