package dev.midge.broker.embedded;

import dev.midge.broker.BrokerWatcher;
import dev.midge.broker.Inspector;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Topics;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The scripted answers of a broker. For any thread. */
final class Script {
  private record Refusal(String filter, int reasonCode) {}

  private record Answer(String filter, Function<SeenMessage, @Nullable Message> function) {}

  private final List<Refusal> subscribeRefusals = new CopyOnWriteArrayList<>();
  private final List<Refusal> publishRefusals = new CopyOnWriteArrayList<>();
  private final List<Answer> answers = new CopyOnWriteArrayList<>();
  private final ScriptCalls calls = new ScriptCalls();
  private volatile BrokerWatcher.@Nullable Host broker; // of the broker that runs

  /** Returns the calls of functions. */
  ScriptCalls calls() {
    return calls;
  }

  /** Has messages published at this broker from now on. */
  void starting(BrokerWatcher.Host newBroker) {
    broker = newBroker;
  }

  void refuseSubscribe(String filter, int reasonCode) {
    subscribeRefusals.add(new Refusal(filter, reasonCode));
  }

  void refusePublish(String filter, int reasonCode) {
    publishRefusals.add(new Refusal(filter, reasonCode));
  }

  /**
   * Has a message answered by another.
   *
   * @param function returns null for no answer
   */
  void onPublish(String filter, Function<SeenMessage, @Nullable Message> function) {
    answers.add(new Answer(filter, function));
  }

  void clear() {
    subscribeRefusals.clear();
    publishRefusals.clear();
    answers.clear();
  }

  /** Returns the reason code with which a subscription is refused; 0 if it is not. */
  int subscribing(String asked) {
    String plain = Topics.withoutShare(asked);
    for (Refusal each : subscribeRefusals) {
      if (each.filter().equals(asked) || Topics.covers(each.filter(), plain)) {
        return each.reasonCode();
      }
    }
    return 0;
  }

  /**
   * Returns the reason code with which a message is refused; 0 if it is not. Broker thread only.
   */
  int publishing(String clientId, String topic) {
    for (Refusal each : publishRefusals) {
      if (Topics.matches(each.filter(), topic)) {
        present()
            .remark(
                FailureText.onPublish(each.filter())
                    + " refuses a message of "
                    + FailureText.text(clientId)
                    + " with "
                    + ReasonCode.hex(each.reasonCode()));
        return each.reasonCode();
      }
    }
    return 0;
  }

  /**
   * Has a message answered when it has been handled; one of the broker's own has no answer, for it
   * may be one. Broker thread only.
   */
  void published(SeenMessage message) {
    if (message.publisher().isEmpty()) {
      return;
    }
    for (Answer each : answers) {
      if (Topics.matches(each.filter(), message.topic())) {
        BrokerWatcher.Host present = present();
        present.later(FailureText.functionOf(each.filter()), () -> answer(each, message, present));
      }
    }
  }

  private BrokerWatcher.Host present() {
    return Objects.requireNonNull(broker);
  }

  private void answer(Answer answer, SeenMessage message, BrokerWatcher.Host broker) {
    Message reply = calls.call(answer.filter(), () -> answer.function().apply(message), broker);
    if (reply == null) {
      return;
    }
    if (Inspector.canPublishTo(reply.topic())) {
      broker.publish(reply);
    } else {
      broker.remark(
          FailureText.onPublish(answer.filter())
              + " cannot reply to '"
              + FailureText.text(reply.topic())
              + "', the Response Topic of "
              + FailureText.text(message.publisher()));
    }
  }

  /**
   * @throws IllegalArgumentException when the reason code is none that refuses
   */
  static void checkRefuses(int reasonCode) {
    if (reasonCode < 0x80 || reasonCode > 0xFF) {
      throw new IllegalArgumentException("reason code " + reasonCode + " refuses nothing");
    }
  }
}
