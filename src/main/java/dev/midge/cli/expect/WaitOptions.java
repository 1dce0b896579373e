package dev.midge.cli.expect;

import dev.midge.cli.ExitCode;
import dev.midge.cli.options.ConnectTimeout;
import dev.midge.cli.parse.OptionTable;
import dev.midge.client.ConnectSpec;
import dev.midge.client.job.JobResult;
import dev.midge.client.job.MessageSink;
import dev.midge.client.job.RetainedEnd;
import dev.midge.client.job.SubscribeSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The options of {@code sub} by which a script waits: for a message, and until it is ready. */
public final class WaitOptions implements OptionTable.Source {
  private static final String[] EXPECTS_NOTHING = {
    "-E", "-w", "--message-rate", "--random-filter", "--diff"
  };

  private final ExpectOptions expect = new ExpectOptions();
  private final RetainedEndOptions retainedEnd = new RetainedEndOptions();
  private final ReadyOptions ready = new ReadyOptions("once all subscriptions are granted");
  private final RetryOptions retry =
      new RetryOptions("forever, once the broker was reached the first time");
  private @Nullable RetainedEnd through;
  private @Nullable Expecting expecting;

  @Override
  public void addTo(OptionTable table) {
    table.later(expect).later(retainedEnd).later(ready).later(retry);
  }

  /**
   * Checks that the options fit together, and removes an old file of readiness.
   *
   * @param timeout that of {@code -W}
   * @param given the names of the other options that were given
   * @throws dev.midge.cli.UsageException where they do not
   */
  public void check(@Nullable Duration timeout, Collection<String> given) {
    expect.check(timeout, firstOf(given, EXPECTS_NOTHING));
    through = retainedEnd.toEnd(firstOf(given, "-E", "-R", "--retained-only", "--message-rate"));
    ready.prepare();
  }

  private static @Nullable String firstOf(Collection<String> given, String... names) {
    for (String name : names) {
      if (given.contains(name)) {
        return name;
      }
    }
    return null;
  }

  /** Returns the connection with the tries that the user wants, if any. */
  public ConnectSpec toSpec(ConnectSpec spec, ConnectTimeout timeout) {
    return retry.toSpec(spec, timeout);
  }

  /** Returns the sink that lets expected messages pass; the given one where none is expected. */
  public MessageSink toSink(MessageSink sink, @Nullable Duration timeout) {
    expecting = expect.toSink(timeout, sink);
    return expecting == null ? sink : expecting;
  }

  /** Returns the same job with the ends that these options add. After {@link #toSink}. */
  public SubscribeSpec toSpec(SubscribeSpec spec) {
    return spec.with(
        expect.timeout(spec.timeout()),
        through,
        expecting == null ? spec.enough() : expecting.enough());
  }

  /**
   * Notes, and tells whoever waits, that messages can come from now on.
   *
   * @param failed takes the beginning of a line and the reason where that cannot be told
   */
  public void granted(BiConsumer<String, IOException> failed) {
    ready.signal(failed);
    if (expecting != null) {
      expecting.granted();
    }
  }

  /**
   * Returns the exit status; that of an expectation comes before that of the job.
   *
   * @param usual gives the status of a result
   * @param complain takes the line that tells what came instead
   */
  public int status(JobResult result, ToIntFunction<JobResult> usual, Consumer<String> complain) {
    if (expecting == null || result == JobResult.NEVER_CONNECTED) {
      return usual.applyAsInt(result);
    }
    int status = expecting.status(result, complain);
    return status == ExitCode.OK ? usual.applyAsInt(JobResult.DONE) : status;
  }
}
