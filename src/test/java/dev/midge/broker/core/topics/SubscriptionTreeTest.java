package dev.midge.broker.core.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.Memory;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.delivery.Outbox;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubscriptionTreeTest {
  private static final BrokerObserver OBSERVER = new BrokerObserver() {};

  private final MemoryGuard memoryGuard = new MemoryGuard(Memory.PLENTY, OBSERVER);

  private static final String[] LEVELS = {"a", "b", "", "$x", "+"};

  private static String random(Random random, boolean filter) {
    StringBuilder text = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      text.append(i == 0 ? "" : "/").append(LEVELS[random.nextInt(filter ? 5 : 4)]);
    }
    if (filter && random.nextInt(3) == 0) {
      text.append("/#");
    }
    return text.toString();
  }

  @Test
  void theTreeFindsExactlyWhatEachFilterMatchesByItself() {
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      Subscriptions tree = new Subscriptions();
      List<SessionSubscription> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Outbox outbox = new Outbox("s" + i, Limits.DEFAULT, OBSERVER, memoryGuard);
        String filter = i == 0 ? "#" : random(random, true);
        SessionSubscription subscription =
            new SessionSubscription(outbox, Subscription.of(filter, Qos.AT_MOST_ONCE), 0);
        tree.add(subscription);
        all.add(subscription);
      }
      for (int i = 0; i < 20; i++) {
        if (random.nextInt(4) == 0) {
          SessionSubscription gone = all.remove(random.nextInt(all.size()));
          tree.remove(gone.outbox(), gone.options().filter());
        }
        String topic = random(random, false);
        List<SessionSubscription> wanted =
            all.stream().filter(each -> Topics.matches(each.options().filter(), topic)).toList();
        // Twice: the second answer comes from the cache.
        assertThat(tree.match(topic).plain()).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(tree.match(topic).plain()).containsExactlyInAnyOrderElementsOf(wanted);
      }
    }
  }
}
