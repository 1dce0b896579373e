package dev.midge.broker.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** The members of one shared subscription: each message goes to one of them, in turn. */
final class SharedGroup {
  private final Deque<SessionSubscription> members = new ArrayDeque<>();

  void add(SessionSubscription subscription) {
    members.addLast(subscription);
  }

  /** Takes out what the session holds. */
  boolean remove(Session session) {
    return members.removeIf(subscription -> subscription.session() == session);
  }

  /** Puts a session's new options in place of its old ones, without a change of turn. */
  boolean replace(SessionSubscription subscription) {
    boolean found = false;
    for (int i = members.size(); i > 0; i--) {
      SessionSubscription member = members.pollFirst();
      boolean same = member.session() == subscription.session();
      found |= same;
      members.addLast(same ? subscription : member);
    }
    return found;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /**
   * Whose turn it is: the one whose last turn is longest ago. Who is connected goes first, so that
   * messages do not wait for one who is away while others could work.
   *
   * @param refused who is not asked
   * @return null if nobody is left
   */
  SessionSubscription next(Set<Session> refused) {
    SessionSubscription chosen = null;
    for (SessionSubscription member : members) {
      if (!refused.contains(member.session())) {
        if (member.session().isConnected()) {
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
