package dev.midge.cli.command;

import dev.midge.cli.Compatibility;
import dev.midge.cli.ExitCode;
import dev.midge.cli.console.DebugLines;
import dev.midge.cli.console.StandardOutput;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.failure.FailureExplanation;
import dev.midge.cli.options.ConnectOptions;
import dev.midge.cli.options.ConnectTimeout;
import dev.midge.client.ClientEvents;
import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.JobResult;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.net.ClientChannel;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells people what a client does: warnings and faults on standard error, packets by {@code -d}.
 * Called by the client's threads.
 */
class ClientConsole implements ClientEvents, ConnectTimeout.DelayListener {
  private final PrintStream err;
  private final Compatibility compatibility;
  private final boolean quiet;
  private final @Nullable DebugLines debug;
  private @Nullable ConnectTimeout timeout;
  private @Nullable Command explained;
  private @Nullable String told;
  private String again = "once a second";
  private @Nullable Runnable whenGranted;
  private @Nullable Set<String> once;
  private boolean strict;
  private volatile boolean denied;
  private @Nullable StandardOutput output;
  private @Nullable CompletableFuture<@Nullable Void> outputFailed;

  /**
   * Makes one.
   *
   * @param debug null without {@code -d}
   */
  ClientConsole(
      PrintStream err, Compatibility compatibility, boolean quiet, @Nullable DebugLines debug) {
    this.err = err;
    this.compatibility = compatibility;
    this.quiet = quiet;
    this.debug = debug;
  }

  /**
   * Sets the command to ask what was tried when it is tried again; under mosquitto's names no
   * message is printed then.
   */
  void explain(Command command) {
    explained = compatibility.explainsFailures() ? command : null;
  }

  /** Warns of the failure once, and not every second. */
  @Override
  public void retrying(ConnectionFailure failure) {
    ConnectAttempt attempt = explained == null || quiet ? null : explained.attempt();
    if (explained == null || attempt == null) {
      return;
    }
    String lines = new FailureExplanation(explained.failed(), attempt, failure).warning(again);
    // A broker that throws somebody out, as it does for a second client with the same id, does so
    // again and again.
    boolean thrownOut = failure.kind() == ConnectionFailure.Kind.DISCONNECTED;
    if (thrownOut ? isNew(lines) : !lines.equals(told)) {
      told = lines;
      err.println(lines);
    }
  }

  private synchronized boolean isNew(String lines) {
    if (once == null) {
      once = new HashSet<>();
    }
    return once.add(lines);
  }

  /** Makes a denial of the broker end the job and decide its status. */
  void beStrict(boolean wanted) {
    strict = wanted;
  }

  /**
   * Makes a failed write to standard output end the job.
   *
   * @param alsoWithReader whether it ends too when the reader has gone
   */
  void endWith(StandardOutput out, boolean alsoWithReader) {
    CompletableFuture<@Nullable Void> failed = new CompletableFuture<>();
    output = out;
    outputFailed = failed;
    out.onFailure(
        e -> {
          if (alsoWithReader || !StandardOutput.hasReaderGone(e)) {
            failed.complete(null);
          }
        });
  }

  @Override
  public CompletableFuture<@Nullable Void> outputFailed() {
    return outputFailed == null ? ClientEvents.super.outputFailed() : outputFailed;
  }

  /** Warns once, however often the client connects and subscribes. */
  @Override
  public boolean denied(@Nullable String line) {
    denied = true;
    if (line != null && compatibility.hasOwnWarnings() && isNew(line)) {
      warning(line);
    }
    return strict;
  }

  @Override
  public void connecting(ClientChannel wire) {
    if (timeout != null) {
      timeout.connecting(wire);
    }
  }

  @Override
  public void subscribed() {
    if (timeout != null) {
      timeout.subscribed();
    }
  }

  /** Sets the action for the moment from which on messages can come; it may come several times. */
  void whenGranted(Runnable action) {
    whenGranted = action;
  }

  @Override
  public void granted() {
    if (whenGranted != null) {
      whenGranted.run();
    }
  }

  @Override
  public void waitingFor(String event) {
    ConnectAttempt attempt = explained == null ? null : explained.attempt();
    if (attempt != null) {
      warning("Waiting for " + event + ": " + attempt.place() + " ...");
    }
  }

  @Override
  public boolean wantsPackets() {
    return debug != null;
  }

  @Override
  public void sending(Packet packet) {
    if (debug != null) {
      debug.sending(packet);
    }
  }

  @Override
  public void received(Packet packet) {
    if (debug != null) {
      debug.received(packet);
    }
  }

  @Override
  public void unknown(Ack pubrec) {
    if (debug != null) {
      debug.unknown(pubrec);
    }
  }

  /** CONNACK is not waited for any more. */
  final void answered() {
    if (timeout != null) {
      timeout.connected();
    }
  }

  @Override
  public void connected(Connack connack, String clientId) {
    answered();
    if (debug != null) {
      debug.clientId(clientId);
    }
    if (told != null) {
      told = null;
      warning("Connected again.");
    }
  }

  @Override
  public void warning(String line) {
    if (!quiet) {
      err.println(compatibility.escaped(line));
    }
  }

  /** Prints a complaint about a message that cannot be printed as wanted. */
  void complain(String line) {
    // Scripts know this one complaint without a line end.
    if (line.startsWith("requested ") && !quiet) {
      err.print(line);
      err.flush();
    } else {
      warning(line);
    }
  }

  /**
   * Warns of a password file that others may read.
   *
   * @param file null for one that is
   */
  void warnOfOpenFile(@Nullable String file) {
    if (file != null) {
      warning("Warning: others may read the password file " + file + "; chmod 600 keeps it yours.");
    }
  }

  /**
   * Warns once that a will's delay is longer than its session lives, which the broker cuts short
   * [MQTT-3.1.3-9].
   */
  private void warnOfShortDelay() {
    warning(
        "Warning: the will delay is longer than the session expiry interval; the broker publishes the will when the"
            + " session ends. Give -x SECONDS to keep the session longer.");
  }

  /**
   * Prepares for a command's connection: sets the time-out that is told of the channel, of CONNACK
   * and of SUBACK, and warns of the options.
   */
  void begin(Command command, ConnectOptions connect, ConnectSpec spec) {
    timeout = connect.timeout();
    explain(command);
    again = spec.retry() == null ? again : spec.retry().words();
    warnOfOpenFile(connect.openPasswordFile());
    connect.warnings().forEach(this::warning);
    if (compatibility.hasOwnWarnings() && connect.endsBefore(spec.will())) {
      warnOfShortDelay();
    }
  }

  /** Returns the exit status of a job that ended without a failure. */
  int status(JobResult result, @Nullable ClientFaults planned) {
    int status = ordinaryStatus(result, planned);
    return strict && denied && status == ExitCode.OK ? ExitCode.DENIED : status;
  }

  private int ordinaryStatus(JobResult result, @Nullable ClientFaults planned) {
    switch (result) {
      case TIMED_OUT -> {
        warning("Timed out");
        if (planned != null) {
          anyMissed(planned); // Which is told; the status is that of the time.
        }
        return ExitCode.TIMED_OUT;
      }
      case NEVER_CONNECTED -> {
        if (compatibility.explainsFailures()) {
          warning("Error: The broker has not answered: no CONNACK came.");
        }
        return ExitCode.NEVER_CONNECTED;
      }
      default -> {
        boolean told = output != null && output.problem() != null; // At the end.
        return planned != null && !told && anyMissed(planned) ? ExitCode.FAILED : ExitCode.OK;
      }
    }
  }

  /** Tells whether, and which, planned faults did not happen; an ordinary client has none. */
  boolean anyMissed(ClientFaults planned) {
    return false;
  }
}
