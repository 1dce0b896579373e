package dev.midge.cli.broker;

import dev.midge.cli.Compatibility;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The options for the places where a broker without a configuration file listens, and its limits.
 */
final class ListenOptions implements OptionTable.Source {
  private static final int LEAST_PACKET = 20;

  /** A remaining length of four bytes, with its fixed header. */
  private static final int LARGEST_PACKET = 268_435_460;

  private final Compatibility compatibility;
  @Nullable String bind;
  @Nullable Integer webSocket;
  @Nullable String unix;
  @Nullable Integer maxPacketSize;
  @Nullable Integer maxKeepAlive;
  @Nullable String persistence;

  ListenOptions(Compatibility compatibility) {
    this.compatibility = compatibility;
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.LISTENER)
        .add(
            Option.value(
                    "ADDRESS",
                    "no address",
                    "Listen on this address of the machine, not on the loopback addresses; 0.0.0.0 or"
                        + " '::' for all. Whoever reaches it can connect.",
                    word -> bind = word,
                    "--bind")
                .own())
        .add(
            Option.value(
                    "PORT",
                    "no port",
                    "Listen for MQTT over WebSocket on this port, with TLS if there is a certificate; port 1883 is then opened only with -p.",
                    word ->
                        webSocket =
                            compatibility.number(
                                word,
                                compatibility.leastListeningPort(),
                                65535,
                                "Error: Invalid port specified ({}).",
                                ""),
                    "--ws")
                .own())
        .add(
            Option.value(
                    "PATH",
                    "no socket path",
                    "Listen on a unix socket with this path, without TLS; port 1883 is then opened only with -p.",
                    word -> unix = word,
                    "--unix")
                .own())
        .add(
            number(
                "BYTES",
                "The largest packet that is accepted from a client (default: 2000000).",
                LEAST_PACKET,
                LARGEST_PACKET,
                "Error: Invalid packet size ({}).",
                ", it is a number of bytes from 20 to 268435460.",
                bytes -> maxPacketSize = bytes,
                "--max-packet-size"))
        .add(
            number(
                "SECONDS",
                "The longest keep alive that a client may ask for (default: 0, no limit).",
                0,
                65535,
                "Error: Invalid keep alive ({}).",
                ", it is a number of seconds from 0 to 65535.",
                seconds -> maxKeepAlive = seconds,
                "--max-keepalive"))
        .add(
            Option.value(
                    "DIRECTORY",
                    "no directory",
                    "Keep sessions and messages in this directory over a restart, written at each change; it is created if missing.",
                    word -> persistence = word,
                    "--persistence")
                .own());
  }

  private Option number(
      String label,
      String description,
      int least,
      int most,
      String problem,
      String detail,
      IntConsumer setter,
      String name) {
    return Option.value(
            label,
            "no number",
            description,
            word -> setter.accept(compatibility.number(word, least, most, problem, detail)),
            name)
        .own();
  }

  /** Returns the name of an option that was given; null for none. */
  @Nullable String given() {
    return bind != null
        ? "--bind"
        : webSocket != null
            ? "--ws"
            : unix != null
                ? "--unix"
                : maxPacketSize != null
                    ? "--max-packet-size"
                    : maxKeepAlive != null
                        ? "--max-keepalive"
                        : persistence != null ? "--persistence" : null;
  }
}
