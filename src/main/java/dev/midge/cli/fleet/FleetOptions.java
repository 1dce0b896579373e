package dev.midge.cli.fleet;

import dev.midge.cli.MidgeCompatibility;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;

/** The options that make one command many clients. */
public final class FleetOptions implements OptionTable.Source {
  /** Threads and sockets of so many clients fit into no process. */
  private static final int MOST = 1_000_000;

  private static final double NANOS = 1e9;

  private final String name;
  private final boolean tellsOfEach;
  private int count;
  private double rate;
  private boolean verbose;

  private FleetOptions(String name, boolean tellsOfEach) {
    this.name = name;
    this.tellsOfEach = tellsOfEach;
  }

  /** Returns those of {@code conn}. */
  public static FleetOptions ofConn() {
    return new FleetOptions("--count", true);
  }

  /** Returns those of {@code pub}. */
  public static FleetOptions ofPub() {
    return new FleetOptions("--clients", false);
  }

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.FLEET)
        .add(
            Option.value(
                    "N",
                    "no number of clients",
                    "Run N clients at once, with the client ids PREFIX1 to PREFIXN (--id-prefix PREFIX; default: a random one). "
                        + (tellsOfEach
                            ? ""
                            : "Each publishes the message; lines of -l go to them in turn. ")
                        + "In topics, the payload of the will and the user name, {client} and {id} stand for the number and the id of each client.",
                    word ->
                        count =
                            MidgeCompatibility.INSTANCE.number(
                                word,
                                1,
                                MOST,
                                "Error: Invalid "
                                    + name
                                    + " {}, it is a number from 1 to "
                                    + MOST
                                    + ".",
                                ""),
                    name)
                .own())
        .add(
            Option.value(
                    "N/s",
                    "no rate",
                    "With "
                        + name
                        + ": connect N clients per second (default: as fast as the broker answers).",
                    this::rate,
                    "--connect-rate")
                .own());
    if (tellsOfEach) {
      table.add(
          Option.flag(
                  "With " + name + ": tell of each client.",
                  () -> verbose = true,
                  "-v",
                  "--verbose")
              .own());
    }
  }

  private void rate(String word) {
    rate =
        MidgeCompatibility.INSTANCE.decimal(
            word.endsWith("/s") ? word.substring(0, word.length() - 2) : word);
    if (!(rate > 0 && rate <= NANOS)) {
      throw new UsageException(
          "Error: Invalid --connect-rate \"" + word + "\", it is a number above 0, such as 50/s.");
    }
  }

  /**
   * Tells whether there are to be many clients.
   *
   * @throws UsageException for options that make sense with many only
   */
  public boolean isGiven() {
    if (count == 0 && rate > 0) {
      throw new UsageException("Error: --connect-rate needs " + name + ".");
    }
    if (count == 0 && verbose) {
      throw new UsageException("Error: -v needs " + name + ": a single client is told of anyway.");
    }
    return count > 0;
  }

  /** Returns the name of the option that says how many. */
  public String name() {
    return name;
  }

  /** Tells whether each client is told of. */
  public boolean verbose() {
    return verbose;
  }

  int count() {
    return count;
  }

  /** Returns the time between two connections, in nanoseconds; 0 for none. */
  long pauseNanos() {
    return rate > 0 ? (long) (NANOS / rate) : 0;
  }
}
