package dev.midge.broker.embedded;

import dev.midge.mqtt.Topics;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The scripted answers of a broker. For any thread. */
final class Script {
  private record Refusal(String filter, int reasonCode) {}

  private record Answer(String filter, Consumer<SeenMessage> action) {}

  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<Answer> answers = new CopyOnWriteArrayList<>();

  void refuse(String filter, int reasonCode) {
    refusals.add(new Refusal(filter, reasonCode));
  }

  void onPublish(String filter, Consumer<SeenMessage> action) {
    answers.add(new Answer(filter, action));
  }

  /** Returns the reason code with which a subscription is refused; 0 if it is not. */
  int refusal(String asked) {
    for (Refusal each : refusals) {
      if (each.filter().equals(asked)) {
        return each.reasonCode();
      }
    }
    return 0;
  }

  void published(SeenMessage message) {
    for (Answer each : answers) {
      if (Topics.matches(each.filter(), message.topic())) {
        each.action().accept(message);
      }
    }
  }
}
