package dev.midge.behaviour;

import dev.midge.net.Endpoint;
import dev.midge.net.Endpoint.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The ways in which a client can come to a broker. */
enum Door {
  TCP,
  TLS,
  UNIX,
  WEBSOCKET,
  WEBSOCKET_OVER_TLS,
  PROXY;

  /** The words of a command line that lead to there, and others behind them. */
  static Object[] words(String command, Endpoint to, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command));
    if (to.transport() == Transport.UNIX) {
      words.addAll(List.of("--unix", to.host()));
    } else {
      words.addAll(List.of("-h", to.host(), "-p", to.port()));
    }
    if (to.transport() == Transport.WEBSOCKET) {
      words.add("--ws");
    }
    if (to.tls() != null) {
      words.addAll(List.of("--cafile", to.tls().caFile()));
    }
    if (to.proxy() != null) {
      words.addAll(List.of("--proxy", "socks5h://127.0.0.1:" + to.proxy().port()));
    }
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }
}
