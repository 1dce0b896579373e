package dev.midge.broker.core.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.broker.core.ClientIdentity;
import dev.midge.broker.core.delivery.Publication;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RetainedTreeTest {
  @Test
  void aFilterFindsExactlyTheTopicsThatItMatches() {
    Random random = new Random(5);
    String[] levels = {"", "a", "b", "$c", "d"};
    String[] filterLevels = {"", "a", "b", "$c", "+", "+"};
    for (int round = 0; round < 2000; round++) {
      Retained store = new Retained();
      TreeSet<String> topics = new TreeSet<>();
      for (int i = 0; i < 12; i++) {
        String topic = path(random, levels);
        if (!topic.isEmpty() && topics.add(topic)) {
          Message message = Message.of(topic, "x".getBytes(), Qos.AT_MOST_ONCE, true);
          store.store(Publication.of(message, ClientIdentity.of("p"), 0));
        }
      }
      String filter = path(random, filterLevels);
      if (random.nextInt(3) == 0) {
        filter = filter.isEmpty() ? "#" : filter + "/#";
      }
      List<String> got = new ArrayList<>();
      List<String> last = null;
      Publication next;
      while ((next = store.next(TopicLevels.of(filter), last, 1)) != null) {
        got.add(next.message().topic());
        last = TopicLevels.of(next.message().topic());
      }
      String wanted = filter;
      assertThat(got)
          .as(filter + " of " + topics)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              topics.stream().filter(topic -> Topics.matches(wanted, topic)).toList());
    }
  }

  private static String path(Random random, String[] levels) {
    List<String> path = new ArrayList<>();
    int depth = 1 + random.nextInt(3);
    for (int i = 0; i < depth; i++) {
      path.add(levels[random.nextInt(levels.length)]);
    }
    return String.join("/", path);
  }
}
