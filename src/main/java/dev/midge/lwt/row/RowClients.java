package dev.midge.lwt.row;

import dev.midge.client.ConnectSpec;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineKind;
import dev.midge.lwt.peer.DrillClient;
import dev.midge.lwt.peer.DrillReader;
import dev.midge.lwt.peer.EngineClient;
import dev.midge.lwt.peer.FailureText;
import dev.midge.lwt.peer.PacketClient;
import dev.midge.lwt.peer.PacketTrace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The clients of one row in play: their client ids, their connections and their packets. */
final class RowClients {
  /** The longest that brokers of MQTT 3.1 need to take, which is short enough for all of them. */
  private static final int LONGEST_CLIENT_ID = 23;

  private final DrillContext context;
  private final String idPrefix;
  private final RowListener listener;
  private final Cleanup cleanup;
  private final PacketTrace trace = new PacketTrace();
  private final List<DrillClient> clients = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> connections = new ConcurrentHashMap<>();

  RowClients(String rowId, DrillContext context, int pass, RowListener listener) {
    this.context = context;
    this.idPrefix = context.clientPrefix(pass) + rowId.replace("-", "");
    this.listener = listener;
    this.cleanup = new Cleanup(context);
  }

  DrillContext context() {
    return context;
  }

  RowListener listener() {
    return listener;
  }

  Cleanup cleanup() {
    return cleanup;
  }

  PacketTrace trace() {
    return trace;
  }

  /** Returns the client id of a role: unique, short, letters and digits alone. */
  String clientId(String role) {
    int room = LONGEST_CLIENT_ID - role.length();
    return (idPrefix.length() > room ? idPrefix.substring(0, room) : idPrefix) + role;
  }

  /**
   * Returns the engine that speaks for a role; null for the drill's own packets. Subscribers and
   * publishers are no clients whose wills are examined.
   */
  @Nullable EngineKind engine(String role) {
    boolean hasWill = role.startsWith("v") || role.startsWith("c");
    return hasWill ? context.target().engine() : null;
  }

  /**
   * Connects.
   *
   * @throws RowAborted when the broker cannot be reached
   * @throws ConnectionFailure when it refuses or closes the connection
   * @throws InterruptedException when the row was stopped, also where CONNACK came at once and
   *     nothing had to wait: nothing may be done to the client then but to say goodbye
   */
  DrillClient connect(String role, ConnectSpec spec, DrillReader.Sink sink)
      throws ConnectionFailure, RowAborted, InterruptedException {
    DrillClient client = connected(role, spec, sink);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return client;
  }

  private DrillClient connected(String role, ConnectSpec spec, DrillReader.Sink sink)
      throws ConnectionFailure, RowAborted, InterruptedException {
    EngineKind engine = engine(role);
    if (engine == null) {
      PacketClient client = open(role, spec, sink);
      client.connect(spec);
      context.watchdog().keepAlive(client);
      return client;
    }
    EngineClient client =
        EngineClient.start(context.target(), spec, engine, trace, label(role), sink);
    clients.add(client);
    try {
      return client.awaitConnack();
    } catch (ConnectionFailure e) {
      if (client.hasReached()) {
        throw e;
      }
      throw unable("could not connect", e);
    }
  }

  private PacketClient open(String role, ConnectSpec spec, DrillReader.Sink sink)
      throws RowAborted {
    try {
      PacketClient client =
          PacketClient.open(
              context.target().at(spec.endpoint()), context.watchdog(), trace, label(role), sink);
      clients.add(client);
      return client;
    } catch (ConnectionFailure e) {
      throw unable("could not connect", e);
    }
  }

  /** Returns a name for the trace, another one for each connection of a role. */
  private String label(String role) {
    String part =
        switch (role.charAt(0)) {
          case 'v' -> "client";
          case 'c' -> "control";
          case 's' -> "subscriber";
          case 'l' -> "late subscriber";
          default -> "publisher";
        };
    String name = part + role.substring(1);
    int number = connections.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + " (connection " + number + ")";
  }

  /** Returns the end of a row for a failed connection, or for the end of the broker behind it. */
  RowAborted unable(String what, ConnectionFailure cause) {
    ConnectionFailure lost = context.watcher().lost();
    return lost != null
        ? RowAborted.brokerGone(lost)
        : new RowAborted("a client " + what + ": " + FailureText.of(cause));
  }

  /** Closes all connections that are still open. */
  void close() {
    clients.forEach(DrillClient::close);
  }

  /** Sends DISCONNECT on all connections that are still open, so that no will follows. */
  void leave() {
    clients.forEach(DrillClient::leave);
  }
}
