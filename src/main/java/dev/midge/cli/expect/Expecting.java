package dev.midge.cli.expect;

import dev.midge.cli.ExitCode;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.MessageSink;
import dev.midge.client.job.RelayingSink;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.ReceivedMessage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the messages that meet an expectation for the first time, remembers the last of the
 * others, and judges at the end. Hears messages on the thread that reads, and is asked on another.
 */
final class Expecting extends RelayingSink {
  private static final int REMEMBERED = 3;

  private final List<Expectation> open;
  private final boolean none;
  private final String time;
  private final CompletableFuture<@Nullable Void> enough = new CompletableFuture<>();
  private final Deque<Message> last = new ArrayDeque<>();
  private @Nullable Expectation met;
  private @Nullable Message unwanted;
  private long others;
  private boolean granted;

  /**
   * @param none whether no such message may come
   * @param time how long they are waited for, such as {@code " within 5 s"}; empty for no limit
   */
  Expecting(List<Expectation> expectations, boolean none, String time, MessageSink next) {
    super(next);
    this.open = new ArrayList<>(expectations);
    this.none = none;
    this.time = time;
  }

  /** Completes when all have come; with {@code --none}, when one has. */
  CompletableFuture<?> enough() {
    return enough;
  }

  /** Notes that messages can come from now on. */
  synchronized void granted() {
    granted = true;
  }

  @Override
  public void accept(ReceivedMessage received) throws IOException {
    if (isRight(received.message())) {
      next.accept(received);
      if (isEnough()) {
        enough.complete(null);
      }
    }
  }

  private synchronized boolean isRight(Message message) {
    boolean right = false;
    for (Expectation each : List.copyOf(open)) {
      if (each.isMetBy(message)) {
        right = true;
        open.remove(each);
        met = each;
        unwanted = message;
      }
    }
    if (!right) {
      others++;
      last.addLast(message);
      if (last.size() > REMEMBERED) {
        last.removeFirst();
      }
    }
    return right;
  }

  private synchronized boolean isEnough() {
    return none || open.isEmpty();
  }

  /**
   * Judges a job that has come to its end.
   *
   * @param complain takes the line that tells what came instead
   * @return the exit status; {@link ExitCode#OK} where all is as expected
   */
  synchronized int status(JobResult result, Consumer<String> complain) {
    if (none) {
      return statusOfNone(result, complain);
    }
    if (open.isEmpty()) {
      return ExitCode.OK;
    }
    if (result == JobResult.DENIED) {
      return ExitCode.DENIED;
    }
    String missing =
        open.stream().map(each -> quoted(each.words())).collect(Collectors.joining(" and "));
    String when = result == JobResult.TIMED_OUT ? time : "";
    if (others == 0 && met == null) {
      complain.accept("Error: No message came" + when + "; expected: " + missing + ".");
      return ExitCode.TIMED_OUT;
    }
    complain.accept("Error: No message matched " + missing + when + "; " + cameInstead() + ".");
    return ExitCode.UNEXPECTED;
  }

  private int statusOfNone(JobResult result, Consumer<String> complain) {
    if (unwanted != null && met != null) {
      complain.accept(
          "Error: A message came that matches "
              + quoted(met.words())
              + ", which --none forbids: "
              + ShortMessage.of(unwanted)
              + ".");
      return ExitCode.UNEXPECTED;
    }
    if (result == JobResult.DENIED) {
      return ExitCode.DENIED;
    }
    if (!granted) {
      complain.accept("Error: No message could come: the broker has not granted the subscription.");
      return ExitCode.TIMED_OUT;
    }
    return ExitCode.OK;
  }

  private String cameInstead() {
    if (others == 0) {
      return "no others came";
    }
    String all = last.stream().map(ShortMessage::of).collect(Collectors.joining(", "));
    return others == 1 ? "1 came instead: " + all : others + " came instead, the last: " + all;
  }

  private static String quoted(String words) {
    return "'" + words + "'";
  }
}
