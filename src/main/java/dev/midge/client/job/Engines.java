package dev.midge.client.job;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Connection;
import dev.midge.client.ConnectionFailure;
import dev.midge.client.EngineFactory;
import dev.midge.client.EngineKind;
import dev.midge.client.MessageListener;
import dev.midge.client.direct.DirectEngine;
import dev.midge.client.paho.PahoEngine;
import dev.midge.client.state.ClientSession;

/** Knows the engines, and loads only the one that is used. */
public final class Engines {
  private Engines() {}

  /**
   * Returns the maker of engines for the connections of a session.
   *
   * @param usual the kind where the user has named none
   */
  static EngineFactory of(ConnectSpec spec, EngineKind usual, ClientSession session) {
    EngineKind kind = spec.engine() == null ? usual : spec.engine();
    return switch (kind) {
      case DIRECT ->
          (again, channel, watch, listener, events) ->
              new DirectEngine(session, again, channel, watch, listener, events);
      case PAHO ->
          (again, channel, watch, listener, events) ->
              new PahoEngine(session, again, channel, watch, listener, events);
    };
  }

  /**
   * Connects, with a session of its own, and waits for CONNACK, without a limit; an interrupt ends
   * the waiting.
   *
   * @throws ConnectionFailure when the broker cannot be reached or refuses
   */
  public static Connection open(ConnectSpec spec, ClientEvents events, MessageListener listener)
      throws ConnectionFailure, InterruptedException {
    ClientSession session = ClientSession.ofOneConnection();
    return Connection.open(spec, events, listener, of(spec, EngineKind.DIRECT, session));
  }

  /**
   * Starts to connect, with a session of its own.
   *
   * @param usual the kind where the user has named none
   */
  public static Connection start(
      ConnectSpec spec, EngineKind usual, ClientEvents events, MessageListener listener) {
    ClientSession session = ClientSession.ofOneConnection();
    return Connection.start(spec, events, listener, of(spec, usual, session));
  }
}
