package dev.midge.cli.fleet;

import dev.midge.client.ConnectSpec;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.PublishJob;
import dev.midge.client.source.MessageSource;
import dev.midge.client.source.PublishSpec;
import dev.midge.mqtt.Message;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** {@code pub --clients}: many clients that publish, each on a thread of its own. */
public final class PubFleet {
  private final Fleet fleet;
  private final FleetOptions options;
  private final FleetSetting setting;
  private final PublishSpec publish;

  /**
   * Makes one.
   *
   * @param common the values of CONNECT, with the beginning of the ids as its client id
   * @param publish its topic may name the client
   */
  public PubFleet(
      ConnectSpec common, FleetOptions options, FleetSetting setting, PublishSpec publish) {
    this.fleet = new Fleet(common, options.count());
    this.options = options;
    this.setting = setting;
    this.publish = publish;
  }

  /**
   * Publishes the same messages by each client.
   *
   * @param messages makes those of one client, of its values and its names
   * @return the exit status
   */
  public int each(BiFunction<PublishSpec, ClientWords, MessageSource> messages)
      throws IOException, InterruptedException {
    return run(
        device -> start(device, messages.apply(of(device.words()), device.words())),
        new CompletableFuture<>());
  }

  /**
   * Publishes the messages of one stream, each by one client, in turn, from when all are connected.
   *
   * @param stream those that the user's topic belongs to get that of the client
   * @return the exit status
   */
  public int inTurn(MessageSource stream) throws IOException, InterruptedException {
    DealtMessages dealt = new DealtMessages(stream);
    CompletableFuture<Void> settled = new CompletableFuture<>();
    settled.thenRun(dealt::begin);
    int status =
        run(
            device -> {
              String topic = of(device.words()).topic();
              DealtMessages.Hand hand = dealt.join(message -> own(message, topic));
              boolean started = false;
              try {
                // Nobody hears of the end before the messages have been given back.
                CompletableFuture<JobResult> end =
                    start(device, hand).whenComplete((how, failure) -> hand.leave());
                started = true;
                return end;
              } finally {
                if (!started) {
                  hand.leave();
                }
              }
            },
            settled);
    throwAgain(dealt.failure());
    if (dealt.untaken() > 0) {
      setting
          .warn()
          .accept(
              "Error: "
                  + dealt.untaken()
                  + " of the messages were not published: the clients that had them came to an end"
                  + " before.");
    }
    return status;
  }

  private static void throwAgain(@Nullable Throwable unreadable) throws IOException {
    if (unreadable instanceof IOException e) {
      throw e;
    }
    if (unreadable instanceof RuntimeException e) {
      throw e;
    }
    if (unreadable instanceof Error e) {
      throw e;
    }
  }

  private Message own(Message message, String topic) {
    return message.topic().equals(publish.topic())
        ? new Message(
            topic, message.payload(), message.qos(), message.retain(), message.properties())
        : message;
  }

  private PublishSpec of(ClientWords words) {
    return new PublishSpec(
        words.fill(publish.topic()),
        publish.qos(),
        publish.retain(),
        publish.properties(),
        publish.disconnectProperties(),
        publish.repeatDelay());
  }

  private CompletableFuture<JobResult> start(Device device, MessageSource source) {
    CompletableFuture<JobResult> end = new CompletableFuture<>();
    PublishJob job = new PublishJob(device.spec(), of(device.words()), device);
    Thread thread =
        new Thread(
            () -> {
              try {
                end.complete(job.publishAll(source));
              } catch (Throwable e) {
                end.completeExceptionally(e);
              }
            },
            "midge job");
    thread.setDaemon(true);
    thread.start();
    return end;
  }

  private int run(FleetRun.Work work, CompletableFuture<Void> settled) throws InterruptedException {
    OpenFiles.check(options.name(), fleet.size());
    FleetRun run = new FleetRun(fleet, setting);
    run.start(new Pace(options.pauseNanos(), setting.outputFailed()), work)
        .thenRun(
            () -> {
              run.tally().tellFailures();
              settled.complete(null);
            });
    run.await();
    Tally tally = run.tally();
    tally.tellEnd();
    if (!tally.isFlawless()) {
      setting.warn().accept(tally.counts());
    }
    return tally.status();
  }
}
