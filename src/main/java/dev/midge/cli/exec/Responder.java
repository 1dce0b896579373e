package dev.midge.cli.exec;

import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.ServeJob;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ReceivedMessage;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers requests, several at the same time where that is wanted. */
final class Responder implements ServeJob.Answerer {
  private final Answer.Maker maker;
  private final ResponseTopics topics;
  private final @Nullable Properties properties;
  private final Workers workers;
  private final Consumer<String> warn;
  private volatile ServeJob.@Nullable Answers answers;
  private boolean warned;

  /**
   * @param properties those that the user wants for answers; null before MQTT 5
   * @param warn takes a line, once, when an answer is not sent
   */
  Responder(
      Answer.Maker maker,
      ResponseTopics topics,
      @Nullable Properties properties,
      Workers workers,
      Consumer<String> warn) {
    this.maker = maker;
    this.topics = topics;
    this.properties = properties;
    this.workers = workers;
    this.warn = warn;
  }

  @Override
  public void answerBy(ServeJob.Answers way) {
    answers = way;
  }

  @Override
  public void awaitRoom() {
    workers.awaitRoom();
  }

  @Override
  public void accept(ReceivedMessage request) {
    String topic = topics.of(request.message());
    if (topic != null) {
      workers.begin(() -> answer(request, topic));
    }
  }

  private CompletionStage<?> answer(ReceivedMessage request, String topic)
      throws InterruptedException {
    Answer answer = maker.to(request);
    if (answer == null) {
      return CompletableFuture.completedFuture(null);
    }
    Message message = answer.toMessage(topic, request.message(), properties);
    try {
      return Objects.requireNonNull(answers, "not serving yet").send(message);
    } catch (ConnectionFailure refusal) {
      warnOnce("Warning: an answer was not sent: the broker takes no such message.");
      return CompletableFuture.completedFuture(null);
    }
  }

  private synchronized void warnOnce(String line) {
    if (!warned) {
      warned = true;
      warn.accept(line);
    }
  }

  @Override
  public CompletableFuture<@Nullable Void> settled() {
    return workers.settled();
  }
}
