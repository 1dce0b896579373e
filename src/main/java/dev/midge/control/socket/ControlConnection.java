package dev.midge.control.socket;

import dev.midge.control.Answer;
import dev.midge.control.ControlLog;
import dev.midge.control.ControlProblem;
import dev.midge.control.ControlProblem.Kind;
import dev.midge.control.Controller;
import dev.midge.control.Facts;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the control socket: reads requests, line by line, and answers them in order. As
 * long as an answer is awaited, a second thread waits for it, so that the end of the connection is
 * seen.
 */
final class ControlConnection {
  private static final int LONGEST_REQUEST = 64 * 1024;

  private final SocketChannel channel;
  private final Controller controller;
  private final Lines lines;

  ControlConnection(SocketChannel channel, Controller controller) {
    this.channel = channel;
    this.controller = controller;
    this.lines = new Lines(channel, LONGEST_REQUEST);
  }

  /** Answers until the other end has gone. */
  void run() {
    try {
      String line = lines.next();
      while (line != null) {
        line = line.isBlank() ? lines.next() : handled(line);
      }
    } catch (Lines.TooLong e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      // The other end has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers a request, and returns the next one; null for the end. */
  private @Nullable String handled(String line) throws IOException, InterruptedException {
    try {
      Answer answer = answer(line);
      if (answer instanceof Answer.Awaited awaited) {
        return waited(awaited.facts());
      }
      if (answer instanceof Answer.Following following) {
        return followed(following.follower());
      }
      if (answer instanceof Answer.Ending ending) {
        lines.write(ending.facts().ascii());
        ending.end().run();
      } else if (answer instanceof Answer.Known known) {
        lines.write(known.facts().ascii());
      }
    } catch (ControlProblem e) {
      lines.write(e.facts().ascii());
    }
    return lines.next();
  }

  private Answer answer(String line) throws ControlProblem {
    Facts request = Facts.parse(line);
    if (request == null || !(request.value("command") instanceof String command)) {
      throw new ControlProblem(
          Kind.USAGE,
          "A request is one line with a JSON object, such as {\"command\":\"kick\",\"args\":[\"ID\"]}.");
    }
    List<String> arguments = request.value("args") == null ? List.of() : request.words("args");
    if (arguments == null) {
      throw new ControlProblem(Kind.USAGE, "\"args\" is a list of strings.");
    }
    try {
      return controller.answer(command, arguments);
    } catch (RuntimeException e) {
      throw new ControlProblem(Kind.FAILED, "It has failed: " + e);
    }
  }

  private @Nullable String waited(CompletableFuture<Facts> facts)
      throws IOException, InterruptedException {
    Thread writer =
        start(
            () -> {
              try {
                lines.write(text(facts));
              } catch (IOException e) {
                close();
              }
            },
            "control wait");
    String next = null;
    try {
      next = lines.next();
    } finally {
      if (next == null) {
        facts.cancel(false); // The other end has gone.
      }
    }
    writer.join();
    return next;
  }

  private static String text(CompletableFuture<Facts> facts) {
    try {
      return facts.join().ascii();
    } catch (CompletionException e) {
      return e.getCause() instanceof ControlProblem problem
          ? problem.facts().ascii()
          : refusal("It has failed: " + e.getCause());
    } catch (java.util.concurrent.CancellationException e) {
      return refusal("Nobody waits any more.");
    }
  }

  /** Writes the log until the other end says something, or has gone. */
  private @Nullable String followed(ControlLog.Follower follower)
      throws IOException, InterruptedException {
    Thread writer =
        start(
            () -> {
              try {
                write(follower);
              } catch (IOException e) {
                close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "control log");
    try {
      return lines.next();
    } finally {
      follower.close();
      writer.join();
    }
  }

  private void write(ControlLog.Follower follower) throws IOException, InterruptedException {
    List<Facts> before = follower.before().stream().map(line -> line.facts()).toList();
    lines.write(new Facts().with("ok", true).with("log", before).ascii());
    ControlLog.Entry entry;
    while ((entry = follower.next()) != null && entry.line() != null) {
      Facts facts = entry.line().facts();
      lines.write((entry.lost() > 0 ? facts.with("lost_before", entry.lost()) : facts).ascii());
    }
  }

  /** Tells why nothing is answered, if the other end still reads. */
  void refuse(String why) {
    try {
      lines.write(refusal(why));
    } catch (IOException e) {
      // Then it does not know.
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  static Thread start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Returns the answer to a request that was refused. */
  private static String refusal(String why) {
    return new ControlProblem(ControlProblem.Kind.FAILED, why).facts().ascii();
  }
}
