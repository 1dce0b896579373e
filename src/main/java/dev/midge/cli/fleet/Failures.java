package dev.midge.cli.fleet;

import dev.midge.cli.ExitCode;
import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.failure.ConnectAttempt;
import dev.midge.cli.failure.FailedCommand;
import dev.midge.cli.failure.FailureExplanation;
import dev.midge.cli.failure.FailureReporter;
import dev.midge.client.ConnectionFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The failures of a fleet, those of one kind together: a thousand refusals for one reason are one
 * message. For several threads.
 */
final class Failures {
  private final FleetSetting setting;
  private final int clients;
  private final Map<Key, Group> groups = new LinkedHashMap<>();
  private int worst = Integer.MAX_VALUE;
  private int status = ExitCode.OK;

  /** Tells apart what one message cannot tell of. A reason in words may differ for each client. */
  private record Key(ConnectionFailure.Kind kind, int code, String message, boolean connected) {}

  /** Holds clients that failed in one way and were not told of yet. */
  private static final class Group {
    private final ConnectionFailure first;
    private final ClientNames names = new ClientNames();

    Group(ConnectionFailure first) {
      this.first = first;
    }
  }

  Failures(FleetSetting setting, int clients) {
    this.setting = setting;
    this.clients = clients;
  }

  /**
   * Adds one.
   *
   * @param connected whether the client had been connected before
   */
  synchronized void add(ClientWords client, boolean connected, ConnectionFailure failure) {
    String message = failure.reasonString() == null ? String.valueOf(failure.getMessage()) : "";
    Key key = new Key(failure.kind(), failure.code(), message, connected);
    Group group = groups.computeIfAbsent(key, k -> new Group(failure));
    group.names.add(client);
  }

  /** Notes an end that is no failure of a connection, but counts as one. */
  synchronized void note(int number, int itsStatus) {
    if (number < worst) {
      worst = number;
      status = itsStatus;
    }
  }

  /** Tells of all that were not told of yet. */
  void tell() {
    Map<Key, Group> untold;
    synchronized (this) {
      untold = new LinkedHashMap<>(groups);
      groups.clear();
    }
    untold.forEach(
        (key, group) -> {
          FailedCommand failed = failed(key.connected());
          int each =
              new FailureReporter(
                      setting.context(), MidgeCompatibility.INSTANCE, setting.command(), failed)
                  .report(group.first);
          setting.warn().accept("(" + group.names.of(clients) + ".)");
          note(group.names.lowest(), each);
        });
  }

  /**
   * Returns the lines of the warning about a connection that is made again.
   *
   * @param when says when that will be: {@code once a second}
   */
  List<String> retry(boolean connected, ConnectionFailure failure, String when) {
    FailedCommand failed = failed(connected);
    ConnectAttempt attempt = failed.attempt();
    String lines =
        attempt == null ? "" : new FailureExplanation(failed, attempt, failure).warning(when);
    return List.of(lines.split("\n"));
  }

  private FailedCommand failed(boolean connected) {
    FailedCommand command = setting.failed().get();
    ConnectAttempt attempt = command.attempt();
    return new FailedCommand(
        command.options(),
        command.quiet(),
        command.debugging(),
        command.json(),
        command.stream(),
        attempt == null
            ? null
            : new ConnectAttempt(attempt.endpoint(), attempt.version(), connected));
  }

  /** Returns the status of the client with the lowest number among those that failed. */
  synchronized int status() {
    return status;
  }
}
