package dev.midge.cli.exec;

import dev.midge.cli.ExitCode;
import dev.midge.client.StopSignal;
import dev.midge.mqtt.ReceivedMessage;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands of one run of midge: who runs them, where they write, and how they ended. */
final class Commands {
  private final Shell shell;
  private final Workers workers;
  private final Tally tally;
  private final Consumer<String> tell;
  private final @Nullable OutputStream shared;
  private final boolean alone;
  private boolean ended;

  /**
   * @param shared takes what they write to standard output; null where they write to midge's own
   * @param alone whether one runs at a time
   * @param tell takes the lines for the user
   */
  Commands(
      Shell shell,
      Workers workers,
      Tally tally,
      @Nullable OutputStream shared,
      boolean alone,
      StopSignal stop,
      Consumer<String> tell) {
    this.shell = shell;
    this.workers = workers;
    this.tally = tally;
    this.shared = shared;
    this.alone = alone;
    this.tell = tell;
    workers.endWith(stop);
  }

  Workers workers() {
    return workers;
  }

  /** Returns the target for the standard output of one command; null for midge's own. */
  @Nullable OutputStream output() {
    return shared == null || alone ? shared : new WholeLines(shared);
  }

  /** Runs the command for a message and counts how it ended. */
  void run(ReceivedMessage received, byte[] input, @Nullable OutputStream out)
      throws InterruptedException {
    tally.add(shell.run(received, input, out));
  }

  /** Runs the command for a request and counts how it ended; a full answer is an end of its own. */
  CommandEnd answer(ReceivedMessage request, byte[] input, Collected out)
      throws InterruptedException {
    CommandEnd ended = shell.run(request, input, out);
    CommandEnd end =
        out.isFull() && ended.kind() != CommandEnd.Kind.STOPPED ? CommandEnd.TOO_LONG : ended;
    tally.add(end);
    return end;
  }

  /** Waits for those that run, and tells how they ended. */
  void end() throws InterruptedException {
    if (!ended) {
      ended = true;
      workers.awaitRest();
      String text = tally.text();
      if (text != null) {
        tell.accept(text);
      }
    }
  }

  /** Returns the exit status of midge, which is otherwise that one. */
  int status(int otherwise) throws InterruptedException {
    end();
    boolean good = otherwise == ExitCode.OK || otherwise == ExitCode.TIMED_OUT;
    return good && tally.anyFailed() ? ExitCode.COMMAND_FAILED : otherwise;
  }
}
