package dev.midge.cli.help;

/** The text of {@code midge --help}. */
public final class Overview {
  public static final String TEXT =
      """
      midge: MQTT on the command line, honest about abrupt disconnects

        midge pub      publish messages
        midge sub      print the messages of topics
        midge rr       send a request, print the first answer
        midge conn     be a connected client with a will, until something ends it
        midge context  keep named sets of connection options
        midge broker   run a mini broker on this machine
        midge passwd   write a password file for the broker
        midge proxy    stand between client and broker: see packets, break connections
        midge ctl      look into a running broker, end connections, plan faults
        midge lwt      the Last Will drill: does your broker keep its word?

      'midge help COMMAND' tells the options of a command. Try: midge lwt
      """;

  private Overview() {}
}
