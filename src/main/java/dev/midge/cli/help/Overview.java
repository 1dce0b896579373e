package dev.midge.cli.help;

/** The text of {@code midge --help}, which has room on one screen. */
public final class Overview {
  public static final String TEXT =
      """
      midge: MQTT on the command line, honest about abrupt disconnects

      Talk to a broker
        midge pub       publish messages
        midge sub       print the messages of topics
        midge rr        send a request and print the answer, or answer requests
        midge conn      stay connected, with a will, until something ends it
      Test wills and faults
        midge lwt       the Last Will drill: does your broker keep the rules?
        midge proxy     show packets between client and broker, break connections
      Run a broker
        midge broker    run a mini broker on this machine
        midge ctl       control a running broker or proxy: clients, faults, waits
        midge passwd    write a password file for the broker
      This program
        midge context   keep named sets of connection options
        midge help      the options of a command, or a page about a topic:
                        environment, faults, formats, properties, statuses, tls
        midge examples  recipes, all of them or those with a word
        midge doctor    check this machine, and say how to cure what is wrong
        midge version   the version; with --all, what a bug report needs

      'midge help COMMAND' shows the options of a command. Try: midge lwt
      """;

  private Overview() {}
}
