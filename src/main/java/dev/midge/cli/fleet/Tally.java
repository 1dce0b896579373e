package dev.midge.cli.fleet;

import dev.midge.cli.ExitCode;
import dev.midge.cli.fault.FaultText;
import dev.midge.cli.options.FaultOptions;
import dev.midge.client.ClientFaults;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.job.JobResult;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.Fault;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.FaultEvent;
import dev.midge.fault.plan.PlannedFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts how the clients of a fleet fare, and tells of it. For several threads. */
final class Tally {
  private final FleetSetting setting;
  private final Failures failures;
  private final int clients;
  private final Warnings warnings;
  private final Map<String, Struck> faults = new LinkedHashMap<>();
  private final Map<String, ClientNames> missed = new LinkedHashMap<>();
  private final ClientNames unanswered = new ClientNames();
  private int connected;
  private int failed;
  private int struck;
  private int disconnected;
  private int lost;
  private int lowestDenied = Integer.MAX_VALUE;

  /** Holds how often a fault has happened, and to how many. */
  private static final class Struck {
    private int times;
    private int clients;
  }

  Tally(FleetSetting setting, int clients) {
    this.setting = setting;
    this.clients = clients;
    this.failures = new Failures(setting, clients);
    this.warnings = new Warnings(setting.warn());
  }

  /** A client is connected that was not before. */
  void connected() {
    boolean all;
    synchronized (this) {
      all = ++connected == clients;
    }
    if (all) {
      setting.allConnected().run();
    }
  }

  synchronized int connectedCount() {
    return connected;
  }

  /** A client's broker has refused a message. */
  synchronized void denied(int number) {
    lowestDenied = Math.min(lowestDenied, number);
  }

  void warning(String line, String id) {
    warnings.add(List.of(line), id);
  }

  /** Warns of a connection that is made again. */
  void retrying(boolean connectedBefore, ConnectionFailure failure, String when, String id) {
    warnings.add(failures.retry(connectedBefore, failure, when), id);
  }

  /**
   * A fault was carried out.
   *
   * @param isNew whether it had not happened to the client before
   * @param keepAlive the client's, in seconds
   * @param told whether people know already
   */
  void struck(boolean isNew, int keepAlive, Fault fault, FaultEvent event, boolean told) {
    boolean first;
    synchronized (this) {
      Struck all = faults.computeIfAbsent(fault.words(), words -> new Struck());
      first = ++all.times == 1;
      all.clients += isNew ? 1 : 0;
    }
    if (first && !told) {
      setting.warn().accept(FaultText.of(fault, event));
      if (fault.effects().stream()
          .anyMatch(e -> e instanceof Effect.Freeze f && f.direction().covers(Direction.OUT))) {
        setting.warn().accept(FaultOptions.brokerTimeout(keepAlive));
      }
    }
  }

  /** A client has come to an end that is no failure. */
  synchronized void ended(ClientWords client, @Nullable ClientFaults planned, JobResult how) {
    if (how == JobResult.NEVER_CONNECTED) {
      unanswered.add(client);
      failures.note(client.number(), ExitCode.NEVER_CONNECTED);
      return;
    }
    if (how == JobResult.STRUCK) {
      struck++;
    } else if (how == JobResult.NOT_CONNECTED) {
      lost++;
    } else {
      disconnected++;
    }
    if (planned != null && how != JobResult.OUTPUT_CLOSED) {
      planned.plan().faults().forEach(each -> missed(client, each));
    }
  }

  private void missed(ClientWords client, PlannedFault planned) {
    if (planned.happened() == 0 && !(planned.fault().moment() instanceof Moment.Random)) {
      missed.computeIfAbsent(planned.fault().words(), words -> new ClientNames()).add(client);
      failures.note(client.number(), ExitCode.FAILED);
    }
  }

  void failed(ClientWords client, boolean connectedBefore, ConnectionFailure failure) {
    synchronized (this) {
      failed++;
    }
    failures.add(client, connectedBefore, failure);
  }

  /** A client has ended by something that is no failure of its connection. */
  void broken(ClientWords client, String why) {
    synchronized (this) {
      failed++;
    }
    failures.note(client.number(), ExitCode.FAILED);
    warning("Error: " + why, client.id());
  }

  /** Tells of the failures that were not told of yet. */
  void tellFailures() {
    failures.tell();
  }

  /** Returns how many clients came to which end. */
  synchronized String counts() {
    StringBuilder line = new StringBuilder(clients + (clients == 1 ? " client: " : " clients: "));
    line.append(connected).append(" connected");
    int started = disconnected + struck + lost + failed + unanswered.count();
    part(line, disconnected, "ended by DISCONNECT");
    part(line, struck, "ended by a fault");
    part(line, lost, "ended without a connection");
    part(line, failed, "failed");
    part(line, unanswered.count(), "had no answer");
    part(line, clients - started, "not started");
    return line.append('.').toString();
  }

  private static void part(StringBuilder line, int count, String what) {
    if (count > 0) {
      line.append(", ").append(count).append(' ').append(what);
    }
  }

  /** Returns whether all clients connected and none failed. */
  synchronized boolean isFlawless() {
    return failed == 0 && unanswered.count() == 0 && disconnected + struck == clients;
  }

  /** Returns whether any client has sent DISCONNECT. */
  synchronized boolean isAnyDisconnected() {
    return disconnected > 0;
  }

  /** Tells of faults, of warnings that came more than once, and of failures. */
  void tellEnd() {
    warnings.tellEnd();
    synchronized (this) {
      faults.forEach(
          (words, all) ->
              setting
                  .warn()
                  .accept(
                      "Fault "
                          + words
                          + ": "
                          + all.times
                          + (all.times == 1 ? " time, at " : " times, at ")
                          + all.clients
                          + " of "
                          + clients
                          + (clients == 1 ? " client." : " clients.")));
      missed.forEach(
          (words, names) ->
              setting
                  .warn()
                  .accept(
                      "Error: the planned fault "
                          + words
                          + " did not happen: the end came before. ("
                          + names.of(clients)
                          + ".)"));
      if (unanswered.count() > 0) {
        setting
            .warn()
            .accept(
                "Error: The broker has not answered: no CONNACK came. ("
                    + unanswered.of(clients)
                    + ".)");
      }
    }
    tellFailures();
  }

  /** Returns the exit status of all: that of the failed client with the lowest number. */
  int status() {
    int status = failures.status();
    synchronized (this) {
      boolean denied = setting.strict() && lowestDenied != Integer.MAX_VALUE;
      return status == ExitCode.OK && denied ? ExitCode.DENIED : status;
    }
  }

  /** Notes that something other than a client's connection has failed. */
  void note(int number, @Nullable String line) {
    failures.note(number, ExitCode.FAILED);
    if (line != null) {
      setting.warn().accept(line);
    }
  }
}
